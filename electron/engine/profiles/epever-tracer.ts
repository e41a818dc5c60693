import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, HUNDREDTH_KWH, u16, u32 } from './registers.ts';

const state = u16(0x3201);

export const epeverTracer = {
  protocol: 'registers',
  id: 'epever-tracer',
  vendor: 'EPEVER',
  models: ['Tracer AN/BN', 'XTRA', 'TRIRON'],
  source: 'EPEVER "B-Series ModBus Specification" V2.5, input registers 0x3100-0x3313',
  verifiedOnHardware: false,
  pollS: 2,
  bus: { unit: 1, baudRate: 115_200, gapMs: 30 },
  table: 'input',
  words: 'low-first',
  blocks: [
    { at: 0x3100, count: 4 },
    { at: 0x310c, count: 4 },
    { at: 0x311a, count: 1, optional: true },
    { at: 0x3200, count: 2 },
    { at: 0x3312, count: 2, everyS: 60 },
  ],
  quantities: {
    production: u32(0x3102, HUNDREDTH),
    productionTotal: u32(0x3312, HUNDREDTH_KWH),
    demand: u32(0x310e, HUNDREDTH),
    soc: u16(0x311a),
  },
  // Bits 3-2 of the charging status; bit 0 says that it runs.
  chargerStage: { of: state, stages: { off: [0, 1], float: [0b0101], absorption: [0b1001], equalize: [0b1101] } },
  curtailment: [
    { sign: 'flag', when: { of: state, is: [0b0101] }, cause: 'battery-full' },
    { sign: 'battery-full', when: { of: state, is: [0b0101] } },
  ],
  samples: [
    {
      name: 'float',
      raw: {
        input: {
          0x3100: [3800, 200, 7600, 0],
          0x310c: [0, 0, 2500, 0],
          0x311a: 100,
          0x3200: [0, 0b0101],
          0x3312: [500, 0],
        },
      },
      expect: {
        production: 76,
        productionTotal: 5000,
        demand: 25,
        soc: 100,
        chargerStage: 'float',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;
