import type { ProfileInput } from './profile.ts';
import { i32, TENTH, u16, u32 } from './registers.ts';

export const growattSpf = {
  protocol: 'registers',
  id: 'growatt-spf',
  vendor: 'Growatt',
  models: ['SPF 3500-6000 ES off-grid'],
  source: 'Growatt "OffGrid SPF5000 Modbus RS485 RTU Protocol" V0.21, input registers',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { unit: 1, baudRate: 9600, gapMs: 100 },
  table: 'input',
  blocks: [{ at: 0, count: 80 }],
  quantities: {
    production: [u32(3, TENTH), u32(5, TENTH)],
    battery: { power: i32(77, TENTH), positive: 'discharge' },
    soc: u16(18),
    demand: u32(9, TENTH),
  },
  status: { of: u16(0), ok: [2, 5, 6, 7, 8, 9, 10, 11, 12], standby: [0], fault: [3] },
  curtailment: [{ sign: 'battery-full', when: { of: u16(18), above: 99.5 } }],
  samples: [
    {
      name: 'full: the panels follow the load',
      raw: { input: { 0: [12], 3: [0, 4000, 0, 3000], 9: [0, 6900], 18: 100, 77: [0xffff, 0xff9c] } },
      expect: { production: 700, demand: 690, soc: 100, charge: 10, discharge: 0, status: 'ok', batteryFull: true },
    },
  ],
} satisfies ProfileInput;
