import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, i32, TENTH, TENTH_KWH, u16, u32 } from './registers.ts';

export const foxessH3Smart = {
  protocol: 'registers',
  id: 'foxess-h3-smart',
  vendor: 'FoxESS',
  models: ['H3 Smart', 'H3 Pro', 'KH from firmware 1.33'],
  source: 'nathanmarlor/foxess_modbus H3 Pro/Smart holding registers 37xxx-39xxx',
  verifiedOnHardware: false,
  pollS: 10,
  bus: { port: 502, unit: 247, baudRate: 9600, gapMs: 50 },
  blocks: [
    { at: 37612, count: 1, optional: true },
    { at: 38816, count: 6 },
    { at: 39063, count: 3 },
    { at: 39123, count: 17 },
    { at: 39237, count: 2 },
    { at: 39279, count: 4 },
    { at: 39617, count: 2, optional: true, everyS: 60 },
    { at: 46616, count: 2, optional: true, everyS: 60 },
  ],
  quantities: {
    production: [i32(39279), i32(39281)],
    grid: {
      power: [i32(38816, TENTH), i32(38818, TENTH), i32(38820, TENTH)],
      positive: 'export',
      phases: [i32(38816, TENTH), i32(38818, TENTH), i32(38820, TENTH)],
    },
    importTotal: u32(39617, TENTH_KWH),
    battery: { power: i32(39237), positive: 'discharge' },
    soc: u16(37612),
    gridVoltage: u16(39123, TENTH),
    gridFrequency: u16(39139, HUNDREDTH),
  },
  curtailment: [
    { sign: 'export-limit', limit: i32(46616), enabled: { of: i32(46616), below: 100_000 } },
    { sign: 'battery-full', when: { of: u16(37612), above: 99.5 } },
  ],
  samples: [
    {
      name: 'charging, a little export',
      raw: {
        holding: {
          37612: 71,
          38816: [0, 1000, 0, 500, 0xffff, 0xffce],
          39063: [4, 0, 0],
          39123: 2333,
          39139: 4997,
          39237: [0xffff, 0xf63c],
          39279: [0, 1500, 0, 1400],
          39617: [0, 12],
          46616: [0, 8000],
        },
      },
      expect: {
        production: 2900,
        import: 0,
        export: 145,
        importByPhase: [0, 0, 5],
        exportByPhase: [100, 50, 0],
        importTotal: 1200,
        charge: 2500,
        discharge: 0,
        soc: 71,
        gridVoltage: 233.3,
        gridFrequency: 49.97,
        exportLimit: 8000,
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;
