import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, i32, TENTH, TENTH_KWH, text, u16, u32 } from './registers.ts';

const derating = u16(30165);

export const goodweDt = {
  protocol: 'registers',
  id: 'goodwe-dt',
  vendor: 'GoodWe',
  models: ['DT', 'SDT', 'MS', 'D-NS', 'XS'],
  source: 'marcelblijleven/goodwe dt.py; GoodWe "Modbus protocol grid-tie" V1.5',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { port: 502, unit: 127, baudRate: 9600, gapMs: 50 },
  blocks: [
    { at: 30001, count: 40, optional: true, everyS: 3600 },
    { at: 30100, count: 73 },
    { at: 30195, count: 2, optional: true },
    { at: 30209, count: 1, optional: true },
  ],
  quantities: {
    production: i32(30127),
    productionTotal: u32(30145, TENTH_KWH),
    grid: { power: i32(30195, { when: { of: u16(30209), is: [1] } }), positive: 'export' },
    gridVoltage: u16(30118, TENTH),
    gridFrequency: u16(30124, HUNDREDTH),
    serial: text(30004, 8),
  },
  status: { of: u16(30129), ok: [1], standby: [0, 4], fault: [2] },
  curtailment: [
    { sign: 'flag', when: { of: derating, bits: [5] }, cause: 'export-limit' },
    { sign: 'flag', when: { of: derating, bits: [1, 6] }, cause: 'command' },
    { sign: 'flag', when: { of: derating, bits: [3] }, cause: 'frequency' },
    { sign: 'flag', when: { of: derating, bits: [4, 9] }, cause: 'overvoltage' },
    { sign: 'flag', when: { of: derating, bits: [0] }, cause: 'temperature' },
  ],
  samples: [
    {
      name: 'held by its export limit',
      raw: {
        holding: {
          30118: 2405,
          30124: 4999,
          30127: [0, 3000, 1],
          30145: [0, 500],
          30165: 0b100000,
          30195: [0, 20],
          30209: 1,
        },
      },
      expect: {
        production: 3000,
        productionTotal: 50_000,
        import: 0,
        export: 20,
        gridVoltage: 240.5,
        gridFrequency: 49.99,
        status: 'ok',
        curtailed: true,
        curtailmentCause: 'export-limit',
      },
    },
  ],
} satisfies ProfileInput;
