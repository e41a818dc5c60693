import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, HUNDREDTH_KWH, i32, KWH, TENTH, u16, u32 } from './registers.ts';

export const solisString = {
  protocol: 'registers',
  id: 'solis-string',
  vendor: 'Solis',
  models: ['S5/S6-GR1P', '4G/5G string', 'GCI small wind'],
  source: 'Ginlong "RS485_MODBUS" protocol V19, 3xxxx registers minus one; evcc solis',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { port: 502, unit: 1, baudRate: 9600, gapMs: 60 },
  table: 'input',
  blocks: [
    { at: 3004, count: 46 },
    { at: 3262, count: 2, optional: true },
    { at: 3282, count: 4, optional: true, everyS: 60 },
    { table: 'holding', at: 3069, count: 1, optional: true, everyS: 60 },
  ],
  quantities: {
    production: u32(3004),
    productionTotal: u32(3008, KWH),
    grid: { power: i32(3262), positive: 'export' },
    importTotal: u32(3282, HUNDREDTH_KWH),
    exportTotal: u32(3284, HUNDREDTH_KWH),
    gridVoltage: u16(3033, TENTH),
    gridFrequency: u16(3042, HUNDREDTH),
  },
  status: { of: u16(3043), ok: [3], standby: [0, 1, 2] },
  curtailment: [
    {
      sign: 'output-limit',
      limit: u32(3044),
      enabled: { of: u16(3069, { table: 'holding' }), is: [0xaa] },
      cause: 'command',
    },
  ],
  samples: [
    {
      name: 'output limited to 2 kW',
      raw: {
        input: {
          3004: [0, 1990],
          3008: [0, 1200],
          3033: 2345,
          3042: [5001, 3, 0, 2000],
          3262: [0, 1500],
          3282: [0, 100, 0, 300],
        },
        holding: { 3069: 0xaa },
      },
      expect: {
        production: 1990,
        productionTotal: 1_200_000,
        import: 0,
        export: 1500,
        importTotal: 1000,
        exportTotal: 3000,
        gridVoltage: 234.5,
        gridFrequency: 50.01,
        status: 'ok',
        productionLimit: 2000,
        curtailed: true,
        curtailmentCause: 'command',
      },
    },
  ],
} satisfies ProfileInput;
