import type { PlantFamily } from '#shared/contract/devices.ts';
import type { Role, Transport } from '#shared/device.ts';
import type { PlantQuantity } from '#shared/reading.ts';
import { catalogue, parsedProfile } from '../profiles/catalogue.ts';
import { curtailmentLetters, gives } from '../profiles/gives.ts';
import type { Profile } from '../profiles/profile.ts';

const MODBUS: Transport[] = ['modbus-tcp', 'modbus-rtu-tcp', 'modbus-rtu'];
const GRID: PlantQuantity[] = ['import', 'export'];
const METER: PlantQuantity[] = [...GRID, 'importTotal', 'exportTotal', 'gridVoltage'];
const BATTERY: PlantQuantity[] = ['charge', 'discharge', 'soc'];

type Coded = Omit<PlantFamily, 'setup' | 'curtailment' | 'roles'> & {
  setup?: Record<string, string>;
  curtailment?: string;
};

/** Families whose devices need more than data. */
const CODED: readonly Coded[] = [
  {
    id: 'sunspec',
    vendor: 'SunSpec',
    models: [
      'any device with SunSpec models 1, 101-103, 111-113, 120-124, 160, 201-204, 211-214, 701-714, 802, OutBack 64111',
    ],
    transports: MODBUS,
    gives: [
      'production',
      'potential',
      ...METER,
      'importByPhase',
      'exportByPhase',
      'productionTotal',
      ...BATTERY,
      'gridFrequency',
      'status',
      'chargerStage',
      'batteryFull',
      'productionLimit',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'F L B P',
    port: 502,
    unit: 1,
    pollS: 1,
    setup: { meter: 'which of several meters is meant, counted from 1' },
    source: 'SunSpec Alliance model definitions (sunspec/models)',
  },
  {
    id: 'solaredge',
    vendor: 'SolarEdge',
    models: ['all with Modbus TCP, with meters and Home batteries'],
    transports: MODBUS,
    gives: [
      'production',
      ...METER,
      ...BATTERY,
      'gridFrequency',
      'status',
      'batteryFull',
      'exportLimit',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'F L B',
    port: 1502,
    unit: 1,
    pollS: 2,
    setup: { meter: 'which of several meters is meant, counted from 1' },
    source: 'SolarEdge SunSpec technical note; solaredge-modbus-multi',
  },
  {
    id: 'fronius-solar-api',
    vendor: 'Fronius',
    models: ['GEN24, Symo, Primo, Galvo, Eco with Datamanager'],
    transports: ['http'],
    gives: ['production', ...METER, 'productionTotal', ...BATTERY, 'demand', 'gridFrequency', 'status'],
    port: 80,
    pollS: 2,
    source: 'Fronius Solar API v1 operating instructions',
  },
  {
    id: 'shelly-gen1',
    vendor: 'Shelly',
    models: ['EM, 3EM, 1PM, Plug S (first generation)'],
    transports: ['http'],
    gives: METER,
    port: 80,
    pollS: 1,
    setup: { channel: 'number of the clamp or socket, 0 by default' },
    source: 'Shelly Gen1 HTTP API',
  },
  {
    id: 'shelly-gen2',
    vendor: 'Shelly',
    models: ['Pro 3EM, Pro EM, Plus/Gen3/Gen4 PM and plugs'],
    transports: ['http'],
    gives: [...METER, 'importByPhase', 'exportByPhase', 'gridFrequency'],
    port: 80,
    pollS: 1,
    setup: { channel: 'number of the meter, 0 by default', component: 'EM, EM1, PM1 or Switch, found by itself' },
    source: 'Shelly Gen2 API, EM, EM1, PM1 and Switch components',
  },
  {
    id: 'goodwe',
    vendor: 'GoodWe',
    models: ['ET, EH, BT, BH (hybrid) and DT, MS, XS (string), found by itself'],
    transports: ['udp', ...MODBUS],
    gives: [
      'production',
      ...GRID,
      'importTotal',
      'exportTotal',
      'productionTotal',
      ...BATTERY,
      'demand',
      'gridVoltage',
      'gridFrequency',
      'status',
      'exportLimit',
      'batteryFull',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'F L B',
    port: 8899,
    pollS: 5,
    source: 'marcelblijleven/goodwe',
  },
  {
    id: 'homewizard-p1',
    vendor: 'HomeWizard',
    models: ['P1 meter, API v1 and v2'],
    transports: ['http'],
    gives: [...METER, 'importByPhase', 'exportByPhase', 'gridFrequency'],
    port: 80,
    pollS: 1,
    source: 'HomeWizard Energy local API documentation, v1 and v2',
  },
  {
    id: 'homewizard-kwh',
    vendor: 'HomeWizard',
    models: ['kWh meter, SDM230/630-wifi, energy socket'],
    transports: ['http'],
    gives: [...METER, 'gridFrequency'],
    port: 80,
    pollS: 1,
    source: 'HomeWizard Energy local API documentation, v1 and v2',
  },
  {
    id: 'homewizard-battery',
    vendor: 'HomeWizard',
    models: ['Plug-In Battery'],
    transports: ['http'],
    gives: [...BATTERY, 'gridVoltage', 'gridFrequency', 'batteryFull'],
    curtailment: 'B',
    port: 443,
    pollS: 2,
    source: 'HomeWizard Energy local API documentation, v2',
  },
  {
    id: 'enphase-envoy',
    vendor: 'Enphase',
    models: ['IQ Gateway, Envoy-S, Envoy (first generation)'],
    transports: ['http'],
    gives: [
      'production',
      ...METER,
      'importByPhase',
      'exportByPhase',
      'productionTotal',
      ...BATTERY,
      'gridFrequency',
      'exportLimit',
      'batteryFull',
    ],
    curtailment: 'L B',
    port: 443,
    pollS: 10,
    source: 'pyenphase; Enphase "IQ Gateway local APIs" technical brief',
  },
  {
    id: 'tesla-powerwall',
    vendor: 'Tesla',
    models: ['Powerwall 2 and +, Backup Gateway'],
    transports: ['http'],
    gives: [
      'production',
      ...GRID,
      'importTotal',
      'exportTotal',
      'productionTotal',
      ...BATTERY,
      'demand',
      'batteryFull',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'B H',
    port: 443,
    pollS: 5,
    setup: { email: 'e-mail address of the gateway’s customer login' },
    source: 'vloschiavo/powerwall2; pypowerwall',
  },
  {
    id: 'sma-webconnect',
    vendor: 'SMA',
    models: ['inverters with a web interface (Sunny Boy, Tripower, Smart Energy)'],
    transports: ['http'],
    gives: [
      'production',
      ...METER,
      'productionTotal',
      ...BATTERY,
      'gridFrequency',
      'status',
      'batteryFull',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'F B',
    port: 443,
    pollS: 5,
    setup: { installer: 'true where the password is the installer’s' },
    source: 'kellerza/pysma definitions',
  },
  {
    id: 'sma-speedwire',
    vendor: 'SMA',
    models: ['Energy Meter, Sunny Home Manager 2.0'],
    transports: ['multicast'],
    gives: [...METER, 'importByPhase', 'exportByPhase', 'gridFrequency', 'serial'],
    port: 9522,
    pollS: 1,
    setup: { serial: 'serial number where several meters speak; the first heard otherwise' },
    source: 'SMA "EMETER-Protokoll-TI" 1.0',
  },
  {
    id: 'opendtu',
    vendor: 'OpenDTU',
    models: ['Hoymiles inverters behind OpenDTU'],
    transports: ['http'],
    gives: [
      'production',
      'productionTotal',
      'gridVoltage',
      'gridFrequency',
      'status',
      'productionLimit',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'L',
    port: 80,
    pollS: 5,
    source: 'OpenDTU documentation, Web API',
  },
  {
    id: 'ahoy',
    vendor: 'AhoyDTU',
    models: ['Hoymiles inverters behind AhoyDTU'],
    transports: ['http'],
    gives: [
      'production',
      'productionTotal',
      'gridVoltage',
      'gridFrequency',
      'status',
      'productionLimit',
      'curtailed',
      'curtailmentCause',
    ],
    curtailment: 'L',
    port: 80,
    pollS: 10,
    source: 'lumapu/ahoy, REST API',
  },
  {
    id: 'solax',
    vendor: 'SolaX',
    models: ['X1 Hybrid G4 with Pocket WiFi 3 (others over Modbus)'],
    transports: ['http'],
    gives: ['production', ...METER, ...BATTERY, 'gridFrequency', 'batteryFull', 'firmware', 'serial'],
    curtailment: 'B',
    port: 80,
    pollS: 5,
    source: 'squishykid/solax, x1_hybrid_gen4',
  },
  {
    id: 'dsmr-telegram',
    vendor: 'DSMR',
    models: ['smart meters with a P1 port (NL, BE, LU, SE)'],
    transports: ['serial', 'tcp'],
    gives: [...METER, 'importByPhase', 'exportByPhase'],
    pollS: 1,
    source: 'DSMR P1 companion standard 5.0.2',
  },
  {
    id: 'sml-telegram',
    vendor: 'SML',
    models: ['German meters with an optical head'],
    transports: ['serial', 'tcp'],
    gives: [...METER, 'importByPhase', 'exportByPhase', 'gridFrequency'],
    pollS: 1,
    source: 'BSI TR-03109-1, SML 1.04',
  },
  {
    id: 'tasmota-sensor',
    vendor: 'Tasmota',
    models: ['energy sensors and SML reading heads'],
    transports: ['mqtt', 'http'],
    gives: [...METER, 'gridFrequency'],
    pollS: 2,
    setup: {
      block: 'name of the block, where there are several',
      power: 'name of the power in it, where it is unusual',
    },
    source: 'Tasmota documentation, Smart Meter Interface and SENSOR payload',
  },
  {
    id: 'home-assistant',
    vendor: 'Home Assistant',
    models: ['any entities'],
    transports: ['http'],
    gives: [
      'production',
      'potential',
      ...METER,
      'productionTotal',
      ...BATTERY,
      'demand',
      'gridFrequency',
      'exportLimit',
      'productionLimit',
    ],
    curtailment: 'L P',
    port: 8123,
    pollS: 5,
    setup: {
      production:
        'entity id of each quantity, as sensor.pv_power; grid and battery are signed, + = import and + = charge',
    },
    source: 'Home Assistant REST API, GET /api/states/<entity>',
  },
];

/** Read by another family, not by the owner's choice. */
const PARTS = new Set(['solaredge-storage', 'goodwe-et', 'goodwe-dt']);

/** Every family in the list of supported devices. */
export function plantFamilies(): PlantFamily[] {
  const coded = CODED.map((family) => ({ setup: {}, curtailment: '', ...family, roles: rolesOf(family.gives) }));
  const described = catalogue.filter(({ id }) => !PARTS.has(id)).map((input) => fromProfile(parsedProfile(input)));
  return [...coded, ...described].toSorted(
    (a, b) => a.vendor.localeCompare(b.vendor, 'en') || a.id.localeCompare(b.id, 'en'),
  );
}

function fromProfile(profile: Profile): PlantFamily {
  const told = gives(profile);
  const { id, vendor, models, pollS, setup, source } = profile;
  return {
    id,
    vendor,
    models,
    pollS,
    setup,
    source,
    gives: told,
    curtailment: curtailmentLetters(profile),
    roles: rolesOf(told),
    ...wireOf(profile),
  };
}

function wireOf(profile: Profile): Pick<PlantFamily, 'transports' | 'port' | 'unit'> {
  if (profile.protocol === 'http-json') return { transports: ['http'], port: profile.port };
  if (profile.protocol === 'mqtt') return { transports: ['mqtt'] };
  const { port, unit } = profile.bus;
  return { transports: port === 8899 ? ['tcp', ...MODBUS] : MODBUS, unit, ...(port === undefined ? {} : { port }) };
}

function rolesOf(told: readonly string[]): Role[] {
  const roles: [Role, PlantQuantity][] = [
    ['production', 'production'],
    ['battery', 'charge'],
    ['grid', 'import'],
    ['demand', 'demand'],
  ];
  return roles.flatMap(([role, quantity]) => (told.includes(quantity) ? [role] : []));
}
