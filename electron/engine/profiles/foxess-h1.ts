import type { ProfileInput } from './profile.ts';
import { i16, i32, TENTH, TENTH_KWH, u16, u32 } from './registers.ts';

export const foxessH1 = {
  protocol: 'registers',
  id: 'foxess-h1',
  vendor: 'FoxESS',
  models: ['H1', 'AIO-H1', 'AC1', 'KH'],
  source: 'nathanmarlor/foxess_modbus H1 and KH holding registers',
  verifiedOnHardware: false,
  pollS: 10,
  bus: { port: 502, unit: 247, baudRate: 9600, gapMs: 50 },
  blocks: [
    { at: 31002, count: 20 },
    { at: 31022, count: 6 },
    { at: 32000, count: 2, optional: true, everyS: 60 },
    { at: 46616, count: 2, optional: true, everyS: 60 },
  ],
  quantities: {
    production: [u16(31002), u16(31005)],
    productionTotal: u32(32000, TENTH_KWH),
    grid: { power: i16(31014), positive: 'export' },
    battery: { power: i16(31022), positive: 'discharge' },
    soc: u16(31024),
    demand: i16(31016),
    gridVoltage: u16(31006, TENTH),
  },
  status: { of: u16(31027), ok: [3, 4], standby: [0, 1, 2], fault: [5, 6] },
  curtailment: [
    { sign: 'export-limit', limit: i32(46616), enabled: { of: i32(46616), below: 60_000 } },
    { sign: 'battery-full', when: { of: u16(31024), above: 99.5 } },
  ],
  samples: [
    {
      name: 'export pinned, battery full',
      raw: {
        holding: {
          31002: 2000,
          31005: [1900, 2412],
          31014: 3590,
          31016: 300,
          31022: [0, 0, 100],
          31027: 3,
          32000: [0, 100],
          46616: [0, 3600],
        },
      },
      expect: {
        production: 3900,
        productionTotal: 10_000,
        import: 0,
        export: 3590,
        charge: 0,
        discharge: 0,
        soc: 100,
        demand: 300,
        gridVoltage: 241.2,
        status: 'ok',
        exportLimit: 3600,
        curtailed: true,
        curtailmentCause: 'export-limit',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;
