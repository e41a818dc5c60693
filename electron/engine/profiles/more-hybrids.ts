import type { ProfileInput } from './profile.ts';
import { i16, i32, TENTH, TENTH_KWH, u16, u32 } from './registers.ts';

const common = { protocol: 'registers', verifiedOnHardware: false, pollS: 5 } as const;
const evcc = (template: string) => `evcc template ${template}; reference section 3.30`;
const TENS = { scale: 10 };

export const sofarG3 = {
  ...common,
  id: 'sofar-g3',
  vendor: 'Sofar Solar',
  models: ['HYD 5-20KTL-3PH', 'HYD 3-6K-EP'],
  source: evcc('sofarsolar-g3'),
  bus: { port: 502, unit: 1, baudRate: 9600, gapMs: 50 },
  blocks: [
    { at: 0x488, count: 1 },
    { at: 0x586, count: 7 },
    { at: 0x606, count: 3 },
    { at: 0x686, count: 2, optional: true, everyS: 60 },
  ],
  quantities: {
    production: [u16(0x586, TENS), u16(0x589, TENS), u16(0x58c, { ...TENS, optional: true })],
    productionTotal: u32(0x686, TENTH_KWH),
    grid: { power: i16(0x488, TENS), positive: 'export' },
    battery: { power: i16(0x606, TENS), positive: 'charge' },
    soc: u16(0x608),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(0x608), above: 99.5 } }],
  samples: [
    {
      name: 'charging',
      raw: { holding: { 0x488: 0xfff6, 0x586: [150, 0, 0, 140, 0, 0, 0], 0x606: [250, 0, 60], 0x686: [0, 100] } },
      expect: {
        production: 2900,
        productionTotal: 10_000,
        import: 100,
        export: 0,
        charge: 2500,
        discharge: 0,
        soc: 60,
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;

export const e3dc = {
  ...common,
  id: 'e3dc',
  vendor: 'E3/DC',
  models: ['S10', 'S20'],
  source: 'E3/DC "Modbus/TCP Schnittstelle" V1.70, simple mode; registers counted from 0',
  bus: { port: 502, unit: 1 },
  words: 'low-first',
  blocks: [{ at: 40067, count: 16 }],
  quantities: {
    production: i32(40067),
    battery: { power: i32(40069), positive: 'charge' },
    demand: i32(40071),
    grid: { power: i32(40073), positive: 'import' },
    soc: u16(40082),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(40082), above: 99.5 } }],
  samples: [
    {
      name: 'full and feeding in',
      raw: { holding: { 40067: [5000, 0, 0, 0, 700, 0, 0xef34, 0xffff], 40082: 100 } },
      expect: {
        production: 5000,
        charge: 0,
        discharge: 0,
        demand: 700,
        import: 0,
        export: 4300,
        soc: 100,
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;

export const sigenergy = {
  ...common,
  id: 'sigenergy',
  vendor: 'Sigenergy',
  models: ['SigenStor'],
  source: evcc('sigenergy'),
  setup: { inverter: 'unit id of the inverter (1 and up); the connection’s unit is the plant, 247' },
  bus: { port: 502, unit: 247 },
  table: 'input',
  blocks: [
    { at: 30005, count: 2 },
    { unit: 'inverter', at: 30599, count: 3, optional: true },
    { unit: 'inverter', at: 31035, count: 2, optional: true },
  ],
  quantities: {
    production: i32(31035, { unit: 'inverter' }),
    grid: { power: i32(30005), positive: 'import' },
    battery: { power: i32(30599, { unit: 'inverter' }), positive: 'charge' },
    soc: u16(30601, { unit: 'inverter', ...TENTH }),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(30601, { unit: 'inverter', ...TENTH }), above: 99.5 } }],
  samples: [
    {
      name: 'discharging into the grid',
      raw: {
        input: { 30005: [0xffff, 0xfc18] },
        'input@1': { 30599: [0xffff, 0xf830, 505], 31035: [0, 100] },
      },
      setup: { inverter: 1 },
      expect: { production: 100, import: 0, export: 1000, charge: 0, discharge: 2000, soc: 50.5, batteryFull: false },
    },
  ],
} satisfies ProfileInput;

export const alphaEss = {
  ...common,
  id: 'alphaess',
  vendor: 'AlphaESS',
  models: ['SMILE', 'Storion'],
  source: evcc('alpha-ess-smile'),
  bus: { port: 502, unit: 85, gapMs: 50 },
  blocks: [
    { at: 0x21, count: 2 },
    { at: 0x102, count: 1 },
    { at: 0x126, count: 1 },
    { at: 0x41f, count: 10 },
  ],
  quantities: {
    production: [u32(0x41f), u32(0x423), u32(0x427, { optional: true })],
    grid: { power: i32(0x21), positive: 'import' },
    battery: { power: i16(0x126), positive: 'discharge' },
    soc: u16(0x102, TENTH),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(0x102, TENTH), above: 99.4 } }],
  samples: [
    {
      name: 'self-consumption',
      raw: { holding: { 0x21: [0, 15], 0x102: 990, 0x126: 0, 0x41f: [0, 400, 0, 0, 0, 300] } },
      expect: { production: 700, import: 15, export: 0, charge: 0, discharge: 0, soc: 99, batteryFull: false },
    },
  ],
} satisfies ProfileInput;

export const ankerSolix = {
  ...common,
  id: 'anker-solix',
  vendor: 'Anker',
  models: ['Solix X1'],
  source: evcc('anker-solix-x1'),
  bus: { port: 502, unit: 1 },
  table: 'input',
  blocks: [{ at: 10002, count: 13 }],
  quantities: {
    production: i32(10002),
    battery: { power: i32(10008), positive: 'discharge' },
    grid: { power: i32(10012), positive: 'import' },
    soc: u16(10014),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(10014), above: 99.5 } }],
  samples: [
    {
      name: 'charging',
      raw: { input: { 10002: [0, 3000], 10008: [0xffff, 0xf830], 10012: [0xffff, 0xff9c, 45] } },
      expect: { production: 3000, charge: 2000, discharge: 0, import: 0, export: 100, soc: 45, batteryFull: false },
    },
  ],
} satisfies ProfileInput;

export const sajH2 = {
  ...common,
  id: 'saj-h2',
  vendor: 'SAJ',
  models: ['H2', 'HS2'],
  source: evcc('saj-h2'),
  bus: { port: 502, unit: 1, gapMs: 50 },
  blocks: [
    { at: 0x40a5, count: 9 },
    { at: 0xa00c, count: 1, optional: true },
  ],
  quantities: {
    production: i16(0x40a5),
    battery: { power: i16(0x40a6), positive: 'discharge' },
    grid: { power: i16(0x40ad), positive: 'import' },
    soc: u16(0xa00c, { scale: 0.01 }),
  },
  curtailment: [{ sign: 'battery-full', when: { of: u16(0xa00c, { scale: 0.01 }), above: 99.5 } }],
  samples: [
    {
      name: 'discharging at night',
      raw: { holding: { 0x40a5: [0, 420], 0x40ad: 5, 0xa00c: 5540 } },
      expect: { production: 0, charge: 0, discharge: 420, import: 5, export: 0, soc: 55.4, batteryFull: false },
    },
  ],
} satisfies ProfileInput;

export const marstekVenus = {
  ...common,
  id: 'marstek-venus',
  vendor: 'Marstek',
  models: ['Venus E', 'Venus C'],
  source: evcc('marstek-venus'),
  bus: { port: 502, unit: 1, baudRate: 115_200, gapMs: 50 },
  blocks: [
    { at: 32104, count: 1 },
    { at: 32202, count: 2 },
  ],
  quantities: { battery: { power: i32(32202), positive: 'discharge' }, soc: u16(32104) },
  curtailment: [{ sign: 'battery-full', when: { of: u16(32104), above: 99.5 } }],
  samples: [
    {
      name: 'charging',
      raw: { holding: { 32104: 64, 32202: [0xffff, 0xfd44] } },
      expect: { charge: 700, discharge: 0, soc: 64, batteryFull: false },
    },
  ],
} satisfies ProfileInput;
