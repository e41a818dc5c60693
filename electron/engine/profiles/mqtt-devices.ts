import type { ProfileInput } from './profile.ts';

const common = { protocol: 'mqtt', verifiedOnHardware: false } as const;

export const zigbee2mqtt = {
  ...common,
  id: 'zigbee2mqtt',
  vendor: 'Zigbee2MQTT',
  models: ['any metering plug or clamp of Zigbee2MQTT'],
  source: 'Zigbee2MQTT documentation, "MQTT topics and messages" and exposes: power W, energy kWh, voltage V',
  pollS: 10,
  topics: { state: { topic: 'zigbee2mqtt/{topic}' } },
  meter: {
    power: { from: 'state', path: 'power' },
    importTotal: { from: 'state', path: 'energy', scale: 1000 },
    exportTotal: { from: 'state', path: 'produced_energy', scale: 1000 },
    gridVoltage: { from: 'state', path: 'voltage' },
    gridFrequency: { from: 'state', path: 'ac_frequency' },
  },
  samples: [
    {
      name: 'a clamp that feeds in',
      raw: { state: { power: -420, energy: 12.5, produced_energy: 99, voltage: 231, ac_frequency: 50 } },
      roles: ['grid'],
      expect: { import: 0, export: 420, importTotal: 12_500, exportTotal: 99_000, gridVoltage: 231, gridFrequency: 50 },
    },
  ],
} satisfies ProfileInput;

const em = (path: string) => ({ from: 'em', path });

export const shellyMqtt = {
  ...common,
  id: 'shelly-mqtt',
  vendor: 'Shelly',
  models: ['Pro 3EM and 3EM Gen3 over MQTT'],
  source: 'Shelly Gen2 API, MQTT: <topic prefix>/status/em:0 and emdata:0',
  pollS: 10,
  defaults: { channel: 0 },
  setup: { channel: 'number of the meter in the device, 0 by default' },
  topics: {
    em: { topic: '{topic}/status/em:{channel}' },
    data: { topic: '{topic}/status/emdata:{channel}', optional: true },
  },
  meter: {
    power: em('total_act_power'),
    phases: [em('a_act_power'), em('b_act_power'), em('c_act_power')],
    importTotal: { from: 'data', path: 'total_act' },
    exportTotal: { from: 'data', path: 'total_act_ret' },
    gridVoltage: em('a_voltage'),
    gridFrequency: em('a_freq'),
  },
  samples: [
    {
      name: 'one phase feeds in',
      raw: {
        em: { a_act_power: -100, b_act_power: 50, c_act_power: 20, total_act_power: -30, a_voltage: 240, a_freq: 50 },
        data: { total_act: 1000, total_act_ret: 2000 },
      },
      roles: ['grid'],
      expect: {
        import: 0,
        export: 30,
        importByPhase: [0, 50, 20],
        exportByPhase: [100, 0, 0],
        importTotal: 1000,
        exportTotal: 2000,
        gridVoltage: 240,
        gridFrequency: 50,
      },
    },
  ],
} satisfies ProfileInput;

export const opendtuMqtt = {
  ...common,
  id: 'opendtu-mqtt',
  vendor: 'OpenDTU',
  models: ['one Hoymiles inverter behind OpenDTU over MQTT'],
  source: 'OpenDTU documentation, "MQTT topics": <prefix>/<serial>/0/power, status/limit_absolute, status/reachable',
  pollS: 10,
  setup: { serial: 'serial number of the inverter' },
  topics: {
    power: { topic: '{topic}/{serial}/0/power' },
    total: { topic: '{topic}/{serial}/0/yieldtotal', optional: true },
    voltage: { topic: '{topic}/{serial}/0/voltage', optional: true },
    frequency: { topic: '{topic}/{serial}/0/frequency', optional: true },
    relative: { topic: '{topic}/{serial}/status/limit_relative', optional: true },
    absolute: { topic: '{topic}/{serial}/status/limit_absolute', optional: true },
    reachable: { topic: '{topic}/{serial}/status/reachable', optional: true },
  },
  quantities: {
    production: { from: 'power', path: '' },
    productionTotal: { from: 'total', path: '', scale: 1000 },
    gridVoltage: { from: 'voltage', path: '' },
    gridFrequency: { from: 'frequency', path: '' },
  },
  status: { of: { from: 'reachable', path: '' }, ok: [1], offline: [0] },
  curtailment: [
    {
      sign: 'output-limit',
      limit: { from: 'absolute', path: '' },
      enabled: { of: { from: 'relative', path: '' }, below: 99.9 },
      cause: 'command',
    },
  ],
  samples: [
    {
      name: 'held at 300 W',
      raw: { power: 299, total: 120.5, voltage: 231, frequency: 50, relative: 50, absolute: 300, reachable: 1 },
      expect: {
        production: 299,
        productionTotal: 120_500,
        gridVoltage: 231,
        gridFrequency: 50,
        status: 'ok',
        productionLimit: 300,
        curtailed: true,
        curtailmentCause: 'command',
      },
    },
  ],
} satisfies ProfileInput;

export const genericMqtt = {
  ...common,
  id: 'generic-mqtt',
  vendor: 'any',
  models: ['any topic that carries one power, as a number or inside JSON'],
  source: 'the owner: topic in the connection, path of the number in setup.power (W, + = import)',
  pollS: 5,
  setup: { power: 'path of the number in the payload; empty where the payload is the number' },
  defaults: { power: '' },
  topics: { value: { topic: '{topic}' } },
  meter: { power: { from: 'value', path: '{power}' } },
  samples: [
    { name: 'a bare number', raw: { value: -55.5 }, roles: ['grid'], expect: { import: 0, export: 55.5 } },
    {
      name: 'inside JSON',
      raw: { value: { a: { w: 12 } } },
      setup: { power: 'a.w' },
      roles: ['grid'],
      expect: { import: 12, export: 0 },
    },
  ],
} satisfies ProfileInput;
