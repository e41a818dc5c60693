import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, i16, TENTH_KWH, u16, u32 } from './registers.ts';

export const foxessH3 = {
  protocol: 'registers',
  id: 'foxess-h3',
  vendor: 'FoxESS',
  models: ['H3', 'AC3', 'AIO-H3'],
  source: 'nathanmarlor/foxess_modbus H3 holding registers',
  verifiedOnHardware: false,
  pollS: 10,
  bus: { port: 502, unit: 247, baudRate: 9600, gapMs: 50 },
  blocks: [
    { at: 31002, count: 14 },
    { at: 31026, count: 16 },
    { at: 32012, count: 2, optional: true, everyS: 60 },
  ],
  quantities: {
    production: [u16(31002), u16(31005)],
    grid: {
      power: [i16(31026), i16(31027), i16(31028)],
      positive: 'export',
      phases: [i16(31026), i16(31027), i16(31028)],
    },
    importTotal: u32(32012, TENTH_KWH),
    battery: { power: i16(31036), positive: 'discharge' },
    soc: u16(31038),
    gridFrequency: u16(31015, HUNDREDTH),
  },
  status: { of: u16(31041), ok: [3, 4], standby: [0, 1, 2], fault: [5, 6] },
  curtailment: [{ sign: 'battery-full', when: { of: u16(31038), above: 99.5 } }],
  samples: [
    {
      name: 'two phases export, one imports',
      raw: {
        holding: {
          31002: 3000,
          31005: 2500,
          31015: 5003,
          31026: [900, 800, 0xff38],
          31036: 0xf448,
          31038: 60,
          31041: 3,
          32012: [0, 5],
        },
      },
      expect: {
        production: 5500,
        import: 0,
        export: 1500,
        importByPhase: [0, 0, 200],
        exportByPhase: [900, 800, 0],
        importTotal: 500,
        charge: 3000,
        discharge: 0,
        soc: 60,
        gridFrequency: 50.03,
        status: 'ok',
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;
