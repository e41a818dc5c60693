import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, TENTH, TENTH_KWH, u16, u32 } from './registers.ts';

export const growattClassic = {
  protocol: 'registers',
  id: 'growatt-classic',
  vendor: 'Growatt',
  models: ['MIC', 'MTL-S', 'UE', 'MAX'],
  source: 'Growatt "Inverter Modbus RTU Protocol II" V1.24, input registers 0-124',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { unit: 1, baudRate: 9600, gapMs: 100 },
  table: 'input',
  blocks: [{ at: 0, count: 106 }],
  quantities: {
    production: u32(1, TENTH),
    productionTotal: u32(91, TENTH_KWH),
    gridVoltage: u16(38, TENTH),
    gridFrequency: u16(37, HUNDREDTH),
  },
  status: { of: u16(0), ok: [1], standby: [0], fault: [3] },
  curtailment: [
    { sign: 'flag', when: { of: u16(104), is: [7, 13] }, cause: 'export-limit' },
    { sign: 'flag', when: { of: u16(104), is: [3] }, cause: 'overvoltage' },
    { sign: 'flag', when: { of: u16(104), is: [4] }, cause: 'frequency' },
    { sign: 'flag', when: { of: u16(104), is: [5, 6, 10, 11] }, cause: 'temperature' },
    { sign: 'output-limit', limit: u16(101), percentOf: u32(102, TENTH), cause: 'command' },
  ],
  samples: [
    {
      name: 'output held at 50 % of 3 kW',
      raw: { input: { 0: [1, 0, 15000], 37: [5000, 2400], 91: [1, 0], 101: [50, 0, 30000, 0] } },
      expect: {
        production: 1500,
        productionTotal: 6_553_600,
        gridVoltage: 240,
        gridFrequency: 50,
        status: 'ok',
        productionLimit: 1500,
        curtailed: true,
        curtailmentCause: 'command',
      },
    },
  ],
} satisfies ProfileInput;
