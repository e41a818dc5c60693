import type { ProfileInput } from './profile.ts';
import { f16, KWH, u16, u32 } from './registers.ts';

const stages = { off: [0, 1, 2, 3, 4], bulk: [5], absorption: [6], float: [7], equalize: [8] };
const fullAt = (state: number) =>
  [
    { sign: 'flag', when: { of: u16(state), is: [6, 7] }, cause: 'battery-full' },
    { sign: 'battery-full', when: { of: u16(state), is: [7] } },
  ] satisfies ProfileInput['curtailment'];
const status = (state: number) => ({ of: u16(state), ok: [5, 6, 7, 8, 9], standby: [0, 1, 2, 3], fault: [4] });

/** Scaling words are 16.16 fixed point: volts and amperes of full scale. */
const VOLTS = u32(0, { scale: 1 / 65_536 });
const AMPS = u32(2, { scale: 1 / 65_536 });
const watts = (at: number) => u16(at, { scale: 1 / 131_072, times: [VOLTS, AMPS] });

export const morningstarTristarMppt = {
  protocol: 'registers',
  id: 'morningstar-tristar-mppt',
  vendor: 'Morningstar',
  models: ['TriStar MPPT 45/60', 'TriStar MPPT 600V'],
  source: 'Morningstar "TriStar MPPT Modbus specification" v10, sections 4 and 5',
  verifiedOnHardware: false,
  pollS: 2,
  bus: { port: 502, unit: 1, baudRate: 9600, gapMs: 20 },
  blocks: [{ at: 0, count: 80 }],
  quantities: { production: watts(0x3a), potential: watts(0x3c), productionTotal: u16(0x38, KWH) },
  status: status(0x32),
  chargerStage: { of: u16(0x32), stages },
  curtailment: fullAt(0x32),
  samples: [
    {
      name: 'absorption: the last sweep found far more than is taken',
      raw: { holding: { 0: [180, 0, 80, 0], 0x32: 6, 0x38: [1200, 0, 2731, 0, 9102] } },
      expect: {
        production: 300.0366,
        potential: 1000,
        productionTotal: 1_200_000,
        status: 'ok',
        chargerStage: 'absorption',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;

export const morningstarProstarMppt = {
  protocol: 'registers',
  id: 'morningstar-prostar-mppt',
  vendor: 'Morningstar',
  models: ['ProStar MPPT 25/40', 'GenStar MPPT (same head)'],
  source: 'Morningstar "ProStar MPPT Modbus specification" v1, section 5 (float16 values)',
  verifiedOnHardware: false,
  pollS: 2,
  bus: { unit: 1, baudRate: 9600, gapMs: 20 },
  blocks: [{ at: 0x10, count: 48 }],
  quantities: { production: f16(0x3c), potential: f16(0x3e) },
  status: status(0x21),
  chargerStage: { of: u16(0x21), stages },
  curtailment: fullAt(0x21),
  samples: [
    {
      name: 'float',
      raw: { holding: { 0x21: 7, 0x3c: 0x5640, 0x3e: 0x5e40 } },
      expect: {
        production: 100,
        potential: 400,
        status: 'ok',
        chargerStage: 'float',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;
