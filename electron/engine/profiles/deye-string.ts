import type { ProfileInput } from './profile.ts';
import { TENTH, TENTH_KWH, text, u16, u32 } from './registers.ts';

export const deyeString = {
  protocol: 'registers',
  id: 'deye-string',
  vendor: 'Deye',
  models: ['SUN-*-G03/G04 string', 'SUN600/800/1000G3 micro-inverters'],
  source: 'kbialek/deye-inverter-mqtt metrics "string" and "micro"; reference section 3.10',
  verifiedOnHardware: false,
  pollS: 10,
  bus: { port: 8899, unit: 1, baudRate: 9600, gapMs: 50, timeoutMs: 6000 },
  words: 'low-first',
  blocks: [
    { at: 3, count: 5, optional: true, everyS: 3600 },
    { at: 40, count: 1, optional: true, everyS: 60 },
    { at: 59, count: 30 },
  ],
  quantities: {
    production: u32(86, TENTH),
    productionTotal: u32(63, TENTH_KWH),
    gridVoltage: u16(73, TENTH),
    gridFrequency: u16(79, { scale: 0.01 }),
    serial: text(3, 5),
  },
  status: { of: u16(59), ok: [2], standby: [0, 1, 5], fault: [3, 4] },
  samples: [
    {
      name: 'by day',
      raw: { holding: { 3: '2301A1B2C3', 59: 2, 63: [1234, 0], 73: 2310, 79: 4998, 86: [4321, 0] } },
      expect: {
        production: 432.1,
        productionTotal: 123_400,
        gridVoltage: 231,
        gridFrequency: 49.98,
        serial: '2301A1B2C3',
        status: 'ok',
      },
    },
  ],
} satisfies ProfileInput;
