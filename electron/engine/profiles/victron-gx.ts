import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, i16, i32, TENTH, text, u16 } from './registers.ts';

const pv = (at: number) => u16(at, { optional: true });
const solarcharger = { unit: 'solarcharger' };
const vebus = { unit: 'vebus' };
const battery = { unit: 'battery' };

export const victronGx = {
  protocol: 'registers',
  id: 'victron-gx',
  vendor: 'Victron',
  models: ['Cerbo GX', 'Ekrano GX', 'Venus GX', 'CCGX', 'MultiPlus-II GX'],
  source: 'Victron CCGX Modbus TCP register list 3.x (dbus_modbustcp attributes); section numbers by D-Bus service',
  verifiedOnHardware: false,
  pollS: 1,
  setup: {
    solarcharger: 'unit id of one solar charger (Settings > Modbus TCP > services): tells when it throttles',
    vebus: 'unit id of the inverter/charger: off-grid frequency and charge state',
    battery: 'unit id of the battery monitor: whether the battery refuses charge',
    pvinverter: 'unit id of one AC-coupled PV inverter: its power limit',
  },
  bus: { port: 502, unit: 100 },
  blocks: [
    { at: 800, count: 6, optional: true, everyS: 3600 },
    { at: 808, count: 9 },
    { at: 817, count: 10 },
    { at: 840, count: 5 },
    { at: 850, count: 1, optional: true },
    { at: 2706, count: 4, optional: true, everyS: 5 },
    { ...solarcharger, at: 775, count: 1, optional: true },
    { ...solarcharger, at: 790, count: 2, optional: true },
    { ...vebus, at: 3, count: 1, optional: true },
    { ...vebus, at: 21, count: 1, optional: true },
    { ...vebus, at: 29, count: 3, optional: true },
    { ...battery, at: 307, count: 1, optional: true, everyS: 10 },
    { unit: 'pvinverter', at: 1054, count: 4, optional: true, everyS: 5 },
  ],
  quantities: {
    production: [808, 809, 810, 811, 812, 813, 814, 815, 816, 850].map(pv),
    grid: {
      power: [i16(820), i16(821, { optional: true }), i16(822, { optional: true })],
      positive: 'import',
      phases: [i16(820), i16(821), i16(822)],
    },
    battery: { power: i16(842), positive: 'charge' },
    soc: u16(843),
    demand: [u16(817), u16(818, { optional: true }), u16(819, { optional: true })],
    productionTotal: u16(790, { ...solarcharger, scale: 100, absent: [0] }),
    gridVoltage: i16(3, { ...vebus, ...TENTH, absent: [0] }),
    gridFrequency: i16(21, { ...vebus, ...HUNDREDTH, absent: [0] }),
    serial: text(800, 6),
  },
  chargerStage: {
    of: u16(775, solarcharger),
    stages: { off: [0], bulk: [3], absorption: [4], float: [5, 6], equalize: [7] },
  },
  generatorRunning: { of: u16(826), is: [2] },
  curtailment: [
    { sign: 'flag', when: { of: u16(2709), is: [1] }, cause: 'export-limit' },
    // VoltageOrCurrentLimited: what the battery and the grid together take.
    { sign: 'flag', when: { of: u16(791, solarcharger), is: [1] }, cause: 'battery-full' },
    {
      sign: 'frequency',
      of: i16(21, { ...vebus, ...HUNDREDTH }),
      aboveHz: 50.2,
      island: { of: u16(29, vebus), is: [240] },
    },
    { sign: 'export-limit', limit: i16(2706, { scale: 100 }), enabled: { of: i16(2706), above: -1 } },
    // AC-coupled feed-in blocked.
    { sign: 'export-limit', limit: u16(2708, { scale: 0 }), enabled: { of: u16(2708), is: [1] } },
    {
      sign: 'output-limit',
      limit: i32(1056, { unit: 'pvinverter' }),
      enabled: { of: i32(1056, { unit: 'pvinverter' }), above: 0 },
      cause: 'export-limit',
    },
    { sign: 'battery-full', when: { of: u16(307, { ...battery, ...TENTH }), below: 0.05 } },
  ],
  samples: [
    {
      name: 'export blocked, solar charger held back',
      raw: {
        holding: {
          808: [0, 0, 0, 500, 0, 0, 0, 0, 0],
          817: [600, 0, 0, 0xffec, 0, 0, 0, 0, 0, 1],
          840: [520, 10, 0xff9c, 100, 2],
          850: 1200,
          2706: [0, 1, 1, 1],
        },
        'holding@226': { 775: 4, 790: [12, 1] },
      },
      setup: { solarcharger: 226 },
      expect: {
        production: 1700,
        import: 0,
        export: 20,
        importByPhase: [0, 0, 0],
        exportByPhase: [20, 0, 0],
        charge: 0,
        discharge: 100,
        soc: 100,
        demand: 600,
        productionTotal: 1200,
        chargerStage: 'absorption',
        generatorRunning: false,
        curtailed: true,
        curtailmentCause: 'export-limit',
        exportLimit: 0,
      },
    },
    {
      name: 'off-grid, frequency raised to hold an AC-coupled inverter back',
      raw: {
        holding: {
          808: [800, 0, 0, 0, 0, 0, 0, 0, 0],
          817: [700, 0, 0, 0, 0, 0, 0, 0, 0, 240],
          840: [560, 0, 0, 99, 0],
        },
        'holding@227': { 3: 0, 21: 5160, 29: [240, 0, 5] },
      },
      setup: { vebus: 227 },
      expect: {
        production: 800,
        import: 0,
        export: 0,
        importByPhase: [0, 0, 0],
        exportByPhase: [0, 0, 0],
        charge: 0,
        discharge: 0,
        soc: 99,
        demand: 700,
        gridFrequency: 51.6,
        generatorRunning: false,
        curtailed: true,
        curtailmentCause: 'frequency',
      },
    },
  ],
} satisfies ProfileInput;
