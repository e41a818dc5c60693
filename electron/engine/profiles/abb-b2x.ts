import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, HUNDREDTH_KWH, i32, TENTH, u16, u32, u64 } from './registers.ts';

export const abbB2x = {
  protocol: 'registers',
  id: 'abb-b2x',
  vendor: 'ABB',
  models: ['B21', 'B23', 'B24'],
  source: 'ABB "B23/B24 user manual" 2CMC485003M0201, chapter 9 mapping tables',
  verifiedOnHardware: false,
  pollS: 1,
  bus: { unit: 1, baudRate: 9600, gapMs: 20 },
  blocks: [
    { at: 0x5000, count: 8, everyS: 30 },
    { at: 0x5b00, count: 45 },
  ],
  meter: {
    power: i32(0x5b14, HUNDREDTH),
    phases: [i32(0x5b16, HUNDREDTH), i32(0x5b18, HUNDREDTH), i32(0x5b1a, HUNDREDTH)],
    importTotal: u64(0x5000, HUNDREDTH_KWH),
    exportTotal: u64(0x5004, HUNDREDTH_KWH),
    gridVoltage: u32(0x5b00, TENTH),
    gridFrequency: u16(0x5b2c, HUNDREDTH),
  },
  samples: [
    {
      name: 'single-phase: the other phases are not there',
      raw: {
        holding: {
          0x5000: [0, 0, 0, 1000, 0, 0, 0, 500],
          0x5b00: [0, 2305],
          0x5b14: [0, 12_345, 0, 12_345, 0x7fff, 0xffff, 0x7fff, 0xffff],
          0x5b2c: 5000,
        },
      },
      roles: ['grid'],
      expect: {
        import: 123.45,
        export: 0,
        importTotal: 10_000,
        exportTotal: 5000,
        gridVoltage: 230.5,
        gridFrequency: 50,
      },
    },
  ],
} satisfies ProfileInput;
