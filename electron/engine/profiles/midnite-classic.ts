import type { ProfileInput } from './profile.ts';
import { hi8, TENTH_KWH, u16, u32 } from './registers.ts';

export const midniteClassic = {
  protocol: 'registers',
  id: 'midnite-classic',
  vendor: 'Midnite Solar',
  models: ['Classic 150/200/250', 'Classic Lite (solar, wind, hydro)'],
  source: 'Midnite Solar "Classic Modbus Network Control" rev C5; wire address = document address - 1',
  verifiedOnHardware: false,
  pollS: 2,
  bus: { port: 502, unit: 1 },
  words: 'low-first',
  blocks: [{ at: 4100, count: 50 }],
  quantities: { production: u16(4118), productionTotal: u32(4125, TENTH_KWH) },
  chargerStage: { of: hi8(4119), stages: { off: [0], bulk: [4], absorption: [3], float: [5, 6], equalize: [7, 18] } },
  curtailment: [
    { sign: 'flag', when: { of: hi8(4119), is: [3, 5] }, cause: 'battery-full' },
    { sign: 'battery-full', when: { of: hi8(4119), is: [5, 6] } },
  ],
  samples: [
    {
      name: 'float on a hydro turbine',
      raw: { holding: { 4118: [350, 0x0500], 4125: [2000, 0] } },
      expect: {
        production: 350,
        productionTotal: 200_000,
        chargerStage: 'float',
        curtailed: true,
        curtailmentCause: 'battery-full',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;
