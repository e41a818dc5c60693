import type { ProfileInput } from './profile.ts';
import { f32, KWH } from './registers.ts';

const common = {
  protocol: 'registers',
  vendor: 'Eastron',
  verifiedOnHardware: false,
  pollS: 1,
  table: 'input',
} as const;
const totals = {
  importTotal: f32(0x48, KWH),
  exportTotal: f32(0x4a, KWH),
  gridFrequency: f32(0x46),
  gridVoltage: f32(0),
};

export const eastronThreePhase = {
  ...common,
  id: 'eastron-sdm630',
  models: ['SDM630', 'SDM72D-M', 'SDM630MCT'],
  source: 'Eastron "SDM630 Modbus protocol" V1.8, input registers',
  bus: { unit: 1, baudRate: 9600, gapMs: 20 },
  blocks: [
    { at: 0, count: 18 },
    { at: 0x34, count: 24 },
  ],
  meter: { power: f32(0x34), phases: [f32(0x0c), f32(0x0e), f32(0x10)], ...totals },
  samples: [
    {
      name: 'exporting on one phase, importing in sum',
      raw: {
        input: {
          0: [0x4366, 0],
          0x0c: [0xc2c8, 0, 0x4348, 0, 0x4396, 0],
          0x34: [0x43c8, 0],
          0x46: [0x4248, 0, 0x42c8, 0, 0x4120, 0],
        },
      },
      roles: ['grid'],
      expect: {
        import: 400,
        export: 0,
        importByPhase: [0, 200, 300],
        exportByPhase: [100, 0, 0],
        importTotal: 100_000,
        exportTotal: 10_000,
        gridVoltage: 230,
        gridFrequency: 50,
      },
    },
  ],
} satisfies ProfileInput;

export const eastronSinglePhase = {
  ...common,
  id: 'eastron-sdm120',
  models: ['SDM120', 'SDM220', 'SDM230'],
  source: 'Eastron "SDM120 Modbus protocol" V2.4, input registers; default 2400 baud',
  bus: { unit: 1, baudRate: 2400, gapMs: 20 },
  blocks: [
    { at: 0, count: 14 },
    { at: 0x46, count: 6 },
  ],
  meter: { power: f32(0x0c), ...totals },
  samples: [
    {
      name: 'behind an inverter',
      raw: { input: { 0: [0x4366, 0], 0x0c: [0xc3fa, 0], 0x46: [0x4248, 0, 0x3f80, 0, 0x42c8, 0] } },
      roles: ['production'],
      expect: { production: 500, productionTotal: 100_000, gridVoltage: 230, gridFrequency: 50 },
    },
    {
      name: 'at the grid connection',
      raw: { input: { 0: [0x4366, 0], 0x0c: [0x43fa, 0], 0x46: [0x4248, 0, 0x3f80, 0, 0x42c8, 0] } },
      roles: ['grid'],
      expect: { import: 500, export: 0, importTotal: 1000, exportTotal: 100_000, gridVoltage: 230, gridFrequency: 50 },
    },
  ],
} satisfies ProfileInput;
