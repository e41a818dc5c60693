import type { ProfileInput } from './profile.ts';
import { f32 } from './registers.ts';

const vt = { unit: 'variotrack' };

export const studerXcom = {
  protocol: 'registers',
  id: 'studer-xcom',
  vendor: 'Studer',
  models: ['Xtender, VarioTrack and BSP behind Xcom-485i, Xcom-LAN (Modbus) or Xcom-232i on a serial server (tcp)'],
  source:
    'Studer "Technical specification Xcom-485i Modbus RTU" V1.6: register = 2 × (info id − family base); "Xtender serial protocol" V1.6.30',
  verifiedOnHardware: false,
  pollS: 3,
  setup: { variotrack: 'unit of the VarioTrack (20 and up)', bsp: 'unit of the battery monitor (60)' },
  bus: { unit: 10, baudRate: 9600, gapMs: 50 },
  table: 'input',
  blocks: [
    { at: 170, count: 2, optional: true },
    { ...vt, at: 8, count: 2, optional: true },
    { ...vt, at: 32, count: 2, optional: true },
    { ...vt, at: 76, count: 2, optional: true },
    { unit: 'bsp', at: 4, count: 4, optional: true },
  ],
  quantities: {
    production: f32(8, { ...vt, scale: 1000 }),
    battery: { power: f32(6, { unit: 'bsp' }), positive: 'charge' },
    soc: f32(4, { unit: 'bsp' }),
    gridFrequency: f32(170),
  },
  chargerStage: { of: f32(76, vt), stages: { bulk: [0], absorption: [1, 7], equalize: [2], float: [3, 6] } },
  curtailment: [
    { sign: 'flag', when: { of: f32(32, vt), is: [9] }, cause: 'battery-full' },
    { sign: 'flag', when: { of: f32(32, vt), is: [11] }, cause: 'temperature' },
    { sign: 'battery-full', when: { of: f32(76, vt), is: [3, 6] } },
  ],
  samples: [
    {
      name: 'voltage-limited VarioTrack',
      raw: {
        input: { 170: [0x4248, 0] },
        'input@20': { 8: [0x3f00, 0], 32: [0x4110, 0], 76: [0x3f80, 0] },
        'input@60': { 4: [0x42c4, 0, 0x42c8, 0] },
      },
      setup: { variotrack: 20, bsp: 60 },
      expect: {
        production: 500,
        charge: 100,
        discharge: 0,
        soc: 98,
        gridFrequency: 50,
        chargerStage: 'absorption',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;
