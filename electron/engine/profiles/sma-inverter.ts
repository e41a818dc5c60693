import type { ProfileInput, RegisterField } from './profile.ts';
import { HUNDREDTH, i32, u32, u64 } from './registers.ts';

/** SMA enumerations say NaN with this value (Modbus technical information, section 3.6). */
const NAN = { absent: [0xfffffd] };
const operating = u32(40029, NAN);
const derating = u32(30219, NAN);

const curtailment = (limited: RegisterField) =>
  [
    { sign: 'flag', when: { of: derating, is: [1705] }, cause: 'frequency' },
    { sign: 'flag', when: { of: derating, is: [3520] }, cause: 'overvoltage' },
    { sign: 'flag', when: { of: derating, is: [557] }, cause: 'temperature' },
    { sign: 'flag', when: { of: operating, is: [2119, 443] }, cause: 'unknown' },
    { sign: 'output-limit', limit: u32(31405), enabled: { of: limited, is: [1077, 1078, 1079] }, cause: 'command' },
  ] satisfies ProfileInput['curtailment'];

const common = {
  protocol: 'registers',
  vendor: 'SMA',
  source: 'SMA "Modbus technical information" (SB/STP/SI) and parameter lists; pysma; evcc sma templates',
  verifiedOnHardware: false,
  pollS: 1,
  bus: { port: 502, unit: 3 },
} as const;
const blocks = [
  { at: 30201, count: 2 },
  { at: 30219, count: 2, optional: true },
  { at: 30513, count: 4, optional: true, everyS: 60 },
  { at: 30783, count: 22 },
  { at: 30835, count: 2, optional: true },
  { at: 31405, count: 2, optional: true },
  { at: 40029, count: 2, optional: true },
] satisfies NonNullable<Extract<ProfileInput, { protocol: 'registers' }>['blocks']>;
const status = { of: u32(30201, NAN), ok: [307, 455], fault: [35], offline: [303] };
const grid = { gridVoltage: u32(30783, HUNDREDTH), gridFrequency: u32(30803, HUNDREDTH) };

export const smaInverter = {
  ...common,
  id: 'sma-inverter',
  models: ['Sunny Boy', 'Sunny Tripower', 'Windy Boy'],
  blocks: [...blocks, { at: 30775, count: 2 }],
  quantities: { production: i32(30775), productionTotal: u64(30513), ...grid },
  status,
  curtailment: curtailment(u32(30835, NAN)),
  samples: [
    {
      name: 'volt-watt derating',
      raw: {
        holding: {
          30201: [0, 307],
          30219: [0, 3520],
          30513: [0, 0, 1, 0],
          30775: [0, 2500],
          30783: [0, 25310],
          30803: [0, 5001],
          30835: [0, 303],
          31405: [0, 5000],
          40029: [0, 2119],
        },
      },
      expect: {
        production: 2500,
        productionTotal: 65_536,
        gridVoltage: 253.1,
        gridFrequency: 50.01,
        status: 'ok',
        curtailed: true,
        curtailmentCause: 'overvoltage',
      },
    },
    {
      name: 'at night everything is NaN',
      raw: { holding: { 30201: [0, 303], 30775: [0x8000, 0], 30783: [0xffff, 0xffff], 30803: [0xffff, 0xffff] } },
      expect: { status: 'offline' },
    },
  ],
} satisfies ProfileInput;

export const smaHybrid = {
  ...common,
  id: 'sma-hybrid',
  models: ['Sunny Tripower Smart Energy', 'Sunny Boy Smart Energy'],
  blocks: [
    ...blocks,
    { at: 30581, count: 4, optional: true, everyS: 60 },
    { at: 30773, count: 2 },
    { at: 30845, count: 2 },
    { at: 30865, count: 4, optional: true },
    { at: 30961, count: 2, optional: true },
    { at: 30967, count: 2, optional: true },
    { at: 30973, count: 2, optional: true },
    { at: 31393, count: 4 },
  ],
  quantities: {
    production: [
      i32(30773),
      i32(30961, { optional: true }),
      i32(30967, { optional: true }),
      i32(30973, { optional: true }),
    ],
    import: i32(30865),
    export: i32(30867),
    importTotal: u32(30581),
    exportTotal: u32(30583),
    charge: u32(31393),
    discharge: u32(31395),
    soc: u32(30845),
    ...grid,
  },
  status,
  curtailment: [...curtailment(u32(30835, NAN)), { sign: 'battery-full', when: { of: u32(30845), above: 99.5 } }],
  samples: [
    {
      name: 'charging with two strings',
      raw: {
        holding: {
          30201: [0, 307],
          30581: [0, 1000, 0, 2000],
          30773: [0, 1600],
          30783: [0, 23000],
          30803: [0, 4999],
          30845: [0, 55],
          30865: [0, 0, 0, 40],
          30961: [0, 800],
          31393: [0, 2000, 0, 0],
          40029: [0, 295],
        },
      },
      expect: {
        production: 2400,
        import: 0,
        export: 40,
        importTotal: 1000,
        exportTotal: 2000,
        charge: 2000,
        discharge: 0,
        soc: 55,
        gridVoltage: 230,
        gridFrequency: 49.99,
        status: 'ok',
        batteryFull: false,
      },
    },
  ],
} satisfies ProfileInput;

export const smaBattery = {
  ...common,
  id: 'sma-battery',
  models: ['Sunny Island', 'Sunny Boy Storage'],
  blocks: [
    { at: 30201, count: 2 },
    { at: 30783, count: 22, optional: true },
    { at: 30235, count: 2, optional: true },
    { at: 30845, count: 10 },
    { at: 30865, count: 4, optional: true },
    { at: 30901, count: 2, optional: true },
    { at: 30917, count: 2, optional: true },
    { at: 31059, count: 2, optional: true },
    { at: 31393, count: 4 },
  ],
  quantities: {
    import: i32(30865),
    export: i32(30867),
    charge: u32(31393),
    discharge: u32(31395),
    soc: u32(30845),
    ...grid,
  },
  status,
  chargerStage: { of: u32(30853, NAN), stages: { bulk: [1767], absorption: [1768], equalize: [1769], float: [1770] } },
  generatorRunning: { of: u32(30917, NAN), is: [1790, 1791] },
  curtailment: [
    { sign: 'frequency', of: u32(30803, HUNDREDTH), aboveHz: 51, island: { of: u32(30235, NAN), is: [1442] } },
    { sign: 'battery-full', when: { of: u32(30853, NAN), is: [1768, 1770] } },
  ],
  samples: [
    {
      name: 'island with a full battery raises the frequency',
      raw: {
        holding: {
          30201: [0, 307],
          30235: [0, 1442],
          30783: [0, 23000],
          30803: [0, 5180],
          30845: [0, 99],
          30853: [0, 1770],
          31393: [0, 50, 0, 0],
        },
      },
      expect: {
        charge: 50,
        discharge: 0,
        soc: 99,
        gridVoltage: 230,
        gridFrequency: 51.8,
        status: 'ok',
        chargerStage: 'float',
        curtailed: true,
        curtailmentCause: 'frequency',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;

export const smaDataManager = {
  ...common,
  id: 'sma-data-manager',
  models: ['Data Manager M', 'Sunny Home Manager 2.0 (Modbus)'],
  bus: { port: 502, unit: 2 },
  blocks: [
    { at: 30581, count: 4, optional: true, everyS: 60 },
    { at: 30775, count: 2, optional: true },
    { at: 30865, count: 4 },
  ],
  quantities: {
    production: i32(30775),
    import: i32(30865),
    export: i32(30867),
    importTotal: u32(30581),
    exportTotal: u32(30583),
  },
  samples: [
    {
      name: 'importing',
      raw: { holding: { 30581: [0, 10, 0, 20], 30775: [0, 900], 30865: [0, 345, 0, 0] } },
      expect: { production: 900, import: 345, export: 0, importTotal: 10, exportTotal: 20 },
    },
  ],
} satisfies ProfileInput;
