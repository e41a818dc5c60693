import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, i32, text, u16, u32 } from './registers.ts';

const common = {
  protocol: 'registers',
  vendor: 'Schneider Electric',
  verifiedOnHardware: false,
  pollS: 2,
  words: 'low-first',
} as const;

export const schneiderMppt = {
  ...common,
  id: 'schneider-conext-mppt',
  models: ['Conext MPPT 60 150', 'Conext MPPT 80/100 600'],
  source: 'Schneider "Conext MPPT Solar Charge Controller Modbus Map" 503-0253-01-01',
  bus: { port: 503, unit: 30, gapMs: 20 },
  blocks: [
    { at: 0, count: 8, optional: true, everyS: 3600 },
    { at: 0x40, count: 44 },
  ],
  quantities: { production: u32(0x50), model: text(0, 8) },
  status: { of: u16(0x40), ok: [3], standby: [0, 1, 2] },
  chargerStage: {
    of: u16(0x49),
    stages: { off: [768, 776], bulk: [769], absorption: [770, 775, 786], float: [773, 774], equalize: [772] },
  },
  curtailment: [
    { sign: 'flag', when: { of: u16(0x49), is: [770, 773, 774, 775] }, cause: 'battery-full' },
    { sign: 'battery-full', when: { of: u16(0x49), is: [773, 774] } },
  ],
  samples: [
    {
      name: 'float: the battery takes little',
      raw: { holding: { 0x40: 3, 0x49: 773, 0x50: [240, 0] } },
      expect: {
        production: 240,
        status: 'ok',
        chargerStage: 'float',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;

export const schneiderXw = {
  ...common,
  id: 'schneider-conext-xw',
  models: ['Conext XW+', 'XW Pro', 'Conext SW'],
  source: 'Schneider "Conext XW Inverter/Charger Modbus Map" 503-0246-01-01',
  bus: { port: 503, unit: 10, gapMs: 20 },
  setup: { battery: 'unit id of the battery monitor (190 and up), for the state of charge' },
  blocks: [
    { at: 0x40, count: 60 },
    { at: 0x98, count: 4 },
    { unit: 'battery', at: 0x4c, count: 2, optional: true },
  ],
  quantities: {
    grid: { power: i32(0x66), positive: 'import' },
    battery: { power: i32(0x5a), positive: 'charge' },
    demand: i32(0x9a),
    soc: u32(0x4c, { unit: 'battery' }),
    gridVoltage: u32(0x62, { scale: 0.001 }),
    gridFrequency: u16(0x61, HUNDREDTH),
  },
  curtailment: [{ sign: 'flag', when: { of: u16(0x7a), is: [1038] }, cause: 'frequency' }],
  samples: [
    {
      name: 'raising the frequency off-grid',
      raw: {
        holding: { 0x5a: [300, 0], 0x61: [6120, 0xd4c0, 1], 0x66: [0, 0], 0x7a: 1038, 0x98: [6120, 0, 900, 0] },
        'holding@190': { 0x4c: [97, 0] },
      },
      setup: { battery: 190 },
      expect: {
        import: 0,
        export: 0,
        charge: 300,
        discharge: 0,
        demand: 900,
        soc: 97,
        gridVoltage: 120,
        gridFrequency: 61.2,
        curtailed: true,
        curtailmentCause: 'frequency',
      },
    },
  ],
} satisfies ProfileInput;
