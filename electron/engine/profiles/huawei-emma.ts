import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, HUNDREDTH_KWH, i32, u16, u32, u64 } from './registers.ts';

export const huaweiEmma = {
  protocol: 'registers',
  id: 'huawei-emma',
  vendor: 'Huawei',
  models: ['EMMA-A02 energy manager'],
  source: 'Huawei EMMA Modbus interface definitions as read by wlcrs/huawei-solar-lib and evcc huawei-emma',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { port: 502, unit: 0, gapMs: 50, settleMs: 1000, timeoutMs: 10_000 },
  blocks: [
    { at: 30348, count: 22 },
    { at: 31657, count: 2, optional: true },
    { at: 31679, count: 2, optional: true, everyS: 60 },
    { at: 40100, count: 10, optional: true, everyS: 60 },
  ],
  quantities: {
    production: u32(30354),
    productionTotal: u64(30348, HUNDREDTH_KWH),
    grid: { power: i32(30358), positive: 'export' },
    importTotal: u32(31679, HUNDREDTH_KWH),
    battery: { power: i32(30360), positive: 'charge' },
    soc: u16(30368, HUNDREDTH),
    demand: u32(30356),
  },
  curtailment: [
    { sign: 'export-limit', limit: i32(40107), enabled: { of: u16(40100), is: [6] } },
    { sign: 'export-limit', limit: u16(40100, { scale: 0 }), enabled: { of: u16(40100), is: [5] } },
    { sign: 'battery-full', when: { of: u16(30368, HUNDREDTH), above: 99.4 } },
  ],
  samples: [
    {
      name: 'feeding in while charging',
      raw: {
        holding: {
          30348: [0, 0, 0, 50000],
          30354: [0, 5000],
          30356: [0, 700],
          30358: [0, 2300],
          30360: [0, 2000],
          30368: 5550,
          31679: [0, 4000],
          40100: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        },
      },
      expect: {
        production: 5000,
        productionTotal: 500_000,
        import: 0,
        export: 2300,
        importTotal: 40_000,
        charge: 2000,
        discharge: 0,
        soc: 55.5,
        demand: 700,
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;
