import type { ProfileInput } from './profile.ts';
import { i32, TENTH, TENTH_KWH, KWH, text, u16, u32 } from './registers.ts';

const state = u16(5037);

export const sungrowSg = {
  protocol: 'registers',
  id: 'sungrow-sg',
  vendor: 'Sungrow',
  models: ['SG string inverters (SG3.0RS … SG125CX)'],
  source:
    'Sungrow "Communication Protocol of PV Grid-Connected String Inverters" V1.1.53, appendix; SunGather register list',
  verifiedOnHardware: false,
  pollS: 5,
  bus: { port: 502, unit: 1, gapMs: 20, timeoutMs: 5000 },
  table: 'input',
  words: 'low-first',
  blocks: [
    { at: 4989, count: 12, optional: true, everyS: 3600 },
    { at: 5003, count: 36 },
    { at: 5080, count: 20, optional: true },
    { table: 'holding', at: 5006, count: 9, optional: true, everyS: 30 },
  ],
  quantities: {
    production: u32(5030),
    productionTotal: u32(5003, KWH),
    grid: { power: i32(5082), positive: 'import' },
    importTotal: u32(5098, TENTH_KWH),
    exportTotal: u32(5094, TENTH_KWH),
    demand: i32(5090),
    gridVoltage: u16(5018, TENTH),
    gridFrequency: u16(5035, TENTH),
    serial: text(4989, 10),
  },
  status: {
    of: state,
    ok: [0x0000, 0x8100, 0x8200, 0x9100],
    standby: [0x8000, 0x1300, 0x1400, 0x1200, 0x1600],
    fault: [0x5500, 0x2500, 0x1500],
  },
  curtailment: [
    { sign: 'flag', when: { of: state, is: [0x8200] }, cause: 'command' },
    { sign: 'flag', when: { of: state, is: [0x8100] }, cause: 'unknown' },
    {
      sign: 'export-limit',
      limit: u16(5010, { table: 'holding', scale: 10 }),
      enabled: { of: u16(5009, { table: 'holding' }), is: [0xaa] },
    },
    {
      sign: 'output-limit',
      limit: u16(5007, { table: 'holding', ...TENTH }),
      percentOf: u16(5000, { scale: 100 }),
      enabled: { of: u16(5006, { table: 'holding' }), is: [0xaa] },
      cause: 'command',
    },
  ],
  samples: [
    {
      name: 'held at 60 % by the grid operator',
      raw: {
        input: {
          5000: 50,
          5003: [20000, 0],
          5018: 2301,
          5030: [3000, 0],
          5035: 500,
          5037: 0x8200,
          5082: [0xf830, 0xffff],
          5090: [1000, 0],
          5094: [100, 0],
          5098: [200, 0],
        },
        holding: { 5006: [0xaa, 600], 5009: [0x55, 0] },
      },
      expect: {
        production: 3000,
        productionTotal: 20_000_000,
        import: 0,
        export: 2000,
        demand: 1000,
        exportTotal: 10_000,
        importTotal: 20_000,
        gridVoltage: 230.1,
        gridFrequency: 50,
        status: 'ok',
        curtailed: true,
        curtailmentCause: 'command',
        productionLimit: 3000,
      },
    },
    {
      name: 'without a meter nothing is known of the grid',
      raw: {
        input: {
          5003: [1, 0],
          5018: 2300,
          5030: [0, 0],
          5035: 500,
          5037: 0x8000,
          5082: [0xffff, 0x7fff],
          5090: [0xffff, 0x7fff],
        },
      },
      expect: { production: 0, productionTotal: 1000, gridVoltage: 230, gridFrequency: 50, status: 'standby' },
    },
  ],
} satisfies ProfileInput;
