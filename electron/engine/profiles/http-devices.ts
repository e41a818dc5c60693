import type { ProfileInput } from './profile.ts';

const common = { protocol: 'http-json', verifiedOnHardware: false } as const;

export const mystrom = {
  ...common,
  id: 'mystrom',
  vendor: 'myStrom',
  models: ['WiFi Switch', 'WiFi Switch EU'],
  source: 'myStrom "REST API" documentation, GET /report',
  pollS: 1,
  requests: { report: { path: '/report' } },
  meter: { power: { from: 'report', path: 'power' } },
  samples: [
    {
      name: 'behind a small inverter',
      raw: { report: { power: 312.5, Ws: 300, relay: true } },
      roles: ['production'],
      expect: { production: 312.5 },
    },
    {
      name: 'as a load',
      raw: { report: { power: 80, relay: true } },
      roles: ['grid'],
      expect: { import: 80, export: 0 },
    },
  ],
} satisfies ProfileInput;

export const apsystemsEz1 = {
  ...common,
  id: 'apsystems-ez1',
  vendor: 'APsystems',
  models: ['EZ1-M', 'EZ1-D'],
  source: 'SonnenladenGmbH/APsystems-EZ1-API: GET /getOutputData, /getMaxPower, /getAlarm, local mode on',
  pollS: 15,
  port: 8050,
  requests: {
    output: { path: '/getOutputData' },
    limit: { path: '/getMaxPower', optional: true, everyS: 60 },
    alarm: { path: '/getAlarm', optional: true, everyS: 60 },
  },
  quantities: {
    production: [
      { from: 'output', path: 'data.p1' },
      { from: 'output', path: 'data.p2' },
    ],
    productionTotal: [
      { from: 'output', path: 'data.te1', scale: 1000 },
      { from: 'output', path: 'data.te2', scale: 1000 },
    ],
  },
  status: { of: { from: 'alarm', path: 'data.oe' }, ok: [0], fault: [1] },
  curtailment: [{ sign: 'output-limit', limit: { from: 'limit', path: 'data.maxPower' }, cause: 'command' }],
  samples: [
    {
      name: 'pinned at its 600 W',
      raw: {
        output: { data: { p1: 300, p2: 296, e1: 1.1, e2: 1.1, te1: 40, te2: 41 } },
        limit: { data: { maxPower: '600' } },
        alarm: { data: { og: '0', oe: '0' } },
      },
      expect: {
        production: 596,
        productionTotal: 81_000,
        productionLimit: 600,
        curtailed: true,
        curtailmentCause: 'command',
        status: 'ok',
      },
    },
  ],
} satisfies ProfileInput;

export const sonnen = {
  ...common,
  id: 'sonnen',
  vendor: 'sonnen',
  models: ['sonnenBatterie 10', 'sonnenBatterie eco 8'],
  source: 'sonnen local API v1, GET /api/v1/status; evcc template sonnenbatterie',
  pollS: 5,
  requests: { status: { path: '/api/v1/status' } },
  quantities: {
    production: { from: 'status', path: 'Production_W' },
    grid: { power: { from: 'status', path: 'GridFeedIn_W' }, positive: 'export' },
    battery: { power: { from: 'status', path: 'Pac_total_W' }, positive: 'discharge' },
    demand: { from: 'status', path: 'Consumption_W' },
    soc: { from: 'status', path: 'USOC' },
    gridVoltage: { from: 'status', path: 'Uac' },
    gridFrequency: { from: 'status', path: 'Fac' },
  },
  curtailment: [
    {
      sign: 'frequency',
      of: { from: 'status', path: 'Fac' },
      aboveHz: 50.5,
      island: { of: { from: 'status', path: 'SystemStatus' }, is: ['OffGrid'] },
    },
    { sign: 'battery-full', when: { of: { from: 'status', path: 'USOC' }, above: 99.5 } },
  ],
  samples: [
    {
      name: 'off the grid with a raised frequency',
      raw: {
        status: {
          Production_W: 1200,
          GridFeedIn_W: 0,
          Pac_total_W: -300,
          Consumption_W: 900,
          USOC: 100,
          Uac: 230,
          Fac: 51.5,
          SystemStatus: 'OffGrid',
        },
      },
      expect: {
        production: 1200,
        import: 0,
        export: 0,
        charge: 300,
        discharge: 0,
        demand: 900,
        soc: 100,
        gridVoltage: 230,
        gridFrequency: 51.5,
        curtailed: true,
        curtailmentCause: 'frequency',
        batteryFull: true,
      },
    },
  ],
} satisfies ProfileInput;

const channel = (name: string) => ({ from: name, path: 'value' });
const sum = (name: string) => ({ path: `/rest/channel/_sum/${name}` });

export const openems = {
  ...common,
  id: 'openems',
  vendor: 'OpenEMS',
  models: ['FENECON Home', 'OpenEMS Edge'],
  source: 'OpenEMS documentation, Controller REST-Api: GET /rest/channel/_sum/…',
  pollS: 2,
  login: 'password',
  requests: {
    pv: sum('ProductionActivePower'),
    grid: sum('GridActivePower'),
    ess: { ...sum('EssDischargePower'), optional: true },
    soc: { ...sum('EssSoc'), optional: true },
    use: sum('ConsumptionActivePower'),
  },
  quantities: {
    production: channel('pv'),
    grid: { power: channel('grid'), positive: 'import' },
    battery: { power: channel('ess'), positive: 'discharge' },
    soc: channel('soc'),
    demand: channel('use'),
  },
  curtailment: [{ sign: 'battery-full', when: { of: channel('soc'), above: 99.5 } }],
  samples: [
    {
      name: 'charging and feeding in',
      raw: {
        pv: { value: 5000 },
        grid: { value: -500 },
        ess: { value: -4000 },
        soc: { value: 40 },
        use: { value: 500 },
      },
      expect: {
        production: 5000,
        import: 0,
        export: 500,
        charge: 4000,
        discharge: 0,
        soc: 40,
        demand: 500,
        batteryFull: false,
      },
    },
    {
      name: 'without a battery',
      raw: { pv: { value: 10 }, grid: { value: 20 }, ess: { value: null }, soc: { value: null }, use: { value: 30 } },
      expect: { production: 10, import: 20, export: 0, demand: 30 },
    },
  ],
} satisfies ProfileInput;

const dxs = (id: number) => ({ from: 'dxs', path: `dxsEntries[dxsId=${id}].value` });

export const kostalPiko = {
  ...common,
  id: 'kostal-piko',
  vendor: 'Kostal',
  models: ['Piko 3.0-20', 'Piko NG'],
  source: 'Kostal Piko dxs API as read by evcc kostal-piko: entries 67109120, 33556736, 16780032',
  pollS: 5,
  requests: {
    dxs: { path: '/api/dxs.json?dxsEntries=67109120&dxsEntries=33556736&dxsEntries=16780032&dxsEntries=251658753' },
  },
  quantities: { production: dxs(67109120), productionTotal: { ...dxs(251658753), scale: 1000 } },
  status: { of: dxs(16780032), ok: [3, 4, 5], standby: [0, 1, 2], fault: [6] },
  curtailment: [{ sign: 'flag', when: { of: dxs(16780032), is: [5] }, cause: 'unknown' }],
  samples: [
    {
      name: 'throttled',
      raw: {
        dxs: {
          dxsEntries: [
            { dxsId: 67109120, value: 4100.5 },
            { dxsId: 33556736, value: 4200 },
            { dxsId: 16780032, value: 5 },
            { dxsId: 251658753, value: 12.5 },
          ],
        },
      },
      expect: {
        production: 4100.5,
        productionTotal: 12_500,
        status: 'ok',
        curtailed: true,
        curtailmentCause: 'unknown',
      },
    },
  ],
} satisfies ProfileInput;

export const zendure = {
  ...common,
  id: 'zendure',
  vendor: 'Zendure',
  models: ['SolarFlow 800', 'SolarFlow 2400 AC', 'Hyper 2000'],
  source: 'Zendure zenSDK local API, GET /properties/report',
  pollS: 5,
  requests: { report: { path: '/properties/report' } },
  quantities: {
    production: { from: 'report', path: 'properties.solarInputPower' },
    charge: { from: 'report', path: 'properties.outputPackPower' },
    discharge: { from: 'report', path: 'properties.packInputPower' },
    soc: { from: 'report', path: 'properties.electricLevel' },
  },
  curtailment: [
    { sign: 'battery-full', when: { of: { from: 'report', path: 'properties.electricLevel' }, above: 99.5 } },
  ],
  samples: [
    {
      name: 'charging',
      raw: {
        report: { properties: { solarInputPower: 600, outputPackPower: 500, packInputPower: 0, electricLevel: 35 } },
      },
      expect: { production: 600, charge: 500, discharge: 0, soc: 35, batteryFull: false },
    },
  ],
} satisfies ProfileInput;

export const genericHttp = {
  ...common,
  id: 'generic-http',
  vendor: 'any',
  models: ['any device that answers JSON with one power'],
  source: 'the owner: path of the page in setup.page, path of the number in setup.power (W, + = import)',
  pollS: 2,
  setup: {
    page: 'path of the page without the first slash, as api/data',
    power: 'path of the number in it, as meter.power',
  },
  defaults: { page: '', power: 'power' },
  requests: { page: { path: '/{page}' } },
  meter: { power: { from: 'page', path: '{power}' } },
  samples: [
    {
      name: 'a home-made meter',
      raw: { page: { meter: { power: '-120.5' } } },
      setup: { page: 'api/data', power: 'meter.power' },
      roles: ['grid'],
      expect: { import: 0, export: 120.5 },
    },
  ],
} satisfies ProfileInput;
