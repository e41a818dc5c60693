import type { ProfileInput } from './profile.ts';
import { i32, TENTH, TENTH_KWH, u16 } from './registers.ts';

export const carloGavazzi = {
  protocol: 'registers',
  id: 'carlo-gavazzi',
  vendor: 'Carlo Gavazzi',
  models: ['EM340', 'EM341', 'ET340', 'EM24 Ethernet (E1)', 'EM530'],
  source: 'Carlo Gavazzi "EM341 communication protocol", tables 2.3 and 2.6',
  verifiedOnHardware: false,
  pollS: 1,
  bus: { port: 502, unit: 1, baudRate: 9600, gapMs: 20 },
  words: 'low-first',
  blocks: [{ at: 0, count: 0x50 }],
  meter: {
    power: i32(0x28, TENTH),
    phases: [i32(0x12, TENTH), i32(0x14, TENTH), i32(0x16, TENTH)],
    importTotal: i32(0x34, TENTH_KWH),
    exportTotal: i32(0x4e, TENTH_KWH),
    gridVoltage: i32(0, TENTH),
    gridFrequency: u16(0x33, TENTH),
  },
  samples: [
    {
      name: 'feeding in',
      raw: {
        holding: {
          0: [2312, 0],
          0x12: [0xec78, 0xffff, 0, 0, 0, 0],
          0x28: [0xec78, 0xffff],
          0x33: [500, 1000, 0],
          0x4e: [2000, 0],
        },
      },
      roles: ['grid'],
      expect: {
        import: 0,
        export: 500,
        importByPhase: [0, 0, 0],
        exportByPhase: [500, 0, 0],
        importTotal: 100_000,
        exportTotal: 200_000,
        gridVoltage: 231.2,
        gridFrequency: 50,
      },
    },
  ],
} satisfies ProfileInput;
