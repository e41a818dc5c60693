import type { ProfileInput } from './profile.ts';
import { f32, u16, u32 } from './registers.ts';

/** What SolarEdge has beside SunSpec: battery and power control. Read by the solaredge family together with SunSpec. */
export const solaredgeStorage = {
  protocol: 'registers',
  id: 'solaredge-storage',
  vendor: 'SolarEdge',
  models: ['StorEdge, Home Hub: battery and power control registers'],
  source: 'WillCodeForCats/solaredge-modbus-multi battery and control blocks 0xE000, 0xE100, 0xF001; low word first',
  verifiedOnHardware: false,
  pollS: 2,
  bus: { port: 1502, unit: 1, timeoutMs: 5000 },
  words: 'low-first',
  blocks: [
    { at: 0xe000, count: 4, optional: true, everyS: 30 },
    { at: 0xe170, count: 24, optional: true },
    { at: 0xf001, count: 1, optional: true, everyS: 30 },
    { at: 0xf304, count: 2, optional: true, everyS: 3600 },
  ],
  quantities: { battery: { power: f32(0xe174), positive: 'charge' }, soc: f32(0xe184) },
  curtailment: [
    { sign: 'export-limit', limit: f32(0xe002), enabled: { of: u16(0xe000), bits: [0, 1] } },
    { sign: 'output-limit', limit: u16(0xf001), percentOf: f32(0xf304), cause: 'command' },
    { sign: 'battery-full', when: { of: u32(0xe186), is: [6, 7, 10] } },
    { sign: 'battery-full', when: { of: f32(0xe184), above: 99.4 } },
  ],
  samples: [
    {
      name: 'no export allowed, battery idle and full',
      raw: {
        holding: {
          0xe000: [1, 0, 0, 0],
          0xe174: [0, 0],
          0xe184: [0, 0x42c8, 7, 0],
          0xf001: 100,
          0xf304: [0x4000, 0x461c],
        },
      },
      expect: { charge: 0, discharge: 0, soc: 100, exportLimit: 0, batteryFull: true },
    },
  ],
} satisfies ProfileInput;
