import type { ProfileInput } from './profile.ts';
import { i32, TENTH_KWH, u16, u32 } from './registers.ts';

export const solaxMic = {
  protocol: 'registers',
  id: 'solax-mic',
  vendor: 'SolaX',
  models: ['X1-Boost G2', 'X1-Mini G2', 'X3-MIC G2'],
  source: 'wills106/homeassistant-solax-modbus, MIC register table; reference section 3.9',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { port: 502, unit: 1, baudRate: 19_200, gapMs: 50 },
  table: 'input',
  words: 'low-first',
  blocks: [{ at: 0x40e, count: 51 }],
  quantities: {
    production: u16(0x40e),
    productionTotal: u32(0x423, TENTH_KWH),
    grid: { power: i32(0x43b), positive: 'export' },
  },
  status: { of: u16(0x40f), ok: [2], standby: [0, 1], fault: [3, 4] },
  samples: [
    {
      name: 'feeding in',
      raw: { input: { 0x40e: [1500, 2], 0x423: [500, 0], 0x43b: [1200, 0] } },
      expect: { production: 1500, productionTotal: 50_000, import: 0, export: 1200, status: 'ok' },
    },
  ],
} satisfies ProfileInput;
