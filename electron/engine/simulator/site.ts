import type { ControlSettings } from '#shared/control.ts';
import type { SimulatedSiteName } from '#shared/contract/host.ts';
import type { LoadDevice, PlantDevice, Role } from '#shared/device.ts';
import { Site } from '#shared/site.ts';
import type { MinerSpec } from './miner.ts';
import { FARM_SCENE, HOME, type Scene, STREAM } from './scene.ts';
import { BATTERY_UNIT, INVERTER_UNIT, METER_UNIT } from './sunspec-devices.ts';

const HOST = '127.0.0.1';

/** Where each service of a site listens: `plant` for Modbus, and one port for each miner. */
export type Ports = Readonly<Record<string, number>>;

interface Description {
  scene: Scene;
  name: string;
  timeZone: string;
  seed: number;
  control: Partial<ControlSettings>;
  tariff: { importPerKwh?: number; exportPerKwh: number; batteryPerKwh?: number };
}

const batteryOf = ({ battery }: Scene, targetPercent: number) =>
  battery && {
    capacityWh: battery.capacityWh,
    maxChargeW: battery.maxChargeW,
    maxDischargeW: battery.maxDischargeW,
    floorPercent: 10,
    targetPercent,
  };

/** Seeds are chosen so that the first hour shows what the site is about. */
export const SITES: Readonly<Record<SimulatedSiteName, Description>> = {
  home: {
    scene: HOME,
    name: 'Home with sun',
    timeZone: 'Atlantic/Canary',
    seed: 306,
    control: {
      connection: 'grid',
      exportLimitW: 3600,
      battery: batteryOf(HOME, 60),
      location: { latitude: 28.1, longitude: -15.4 },
      plant: 'pv',
    },
    tariff: { importPerKwh: 0.24, exportPerKwh: 0.04, batteryPerKwh: 0.04 },
  },
  farm: {
    scene: FARM_SCENE,
    name: 'Farm with wind',
    timeZone: 'Europe/Berlin',
    seed: 44,
    control: {
      connection: 'grid',
      exportLimitW: 6000,
      location: { latitude: 53.5, longitude: 8.1 },
      plant: 'wind',
    },
    tariff: { importPerKwh: 0.29, exportPerKwh: 0.05 },
  },
  stream: {
    scene: STREAM,
    name: 'Cabin by a stream',
    timeZone: 'Europe/Vienna',
    seed: 3,
    control: {
      connection: 'off-grid',
      battery: batteryOf(STREAM, 65),
      location: { latitude: 47.3, longitude: 13.2 },
      plant: 'hydro',
    },
    tariff: { exportPerKwh: 0 },
  },
};

/** The site file of a simulated site: what an owner would write by hand for the same devices. */
export function siteOf(name: SimulatedSiteName, ports: Ports): Site {
  const { scene, control, timeZone, tariff, name: title } = SITES[name];
  return Site.parse({
    version: 1,
    id: `simulated-${name}`,
    name: title,
    timeZone,
    currency: 'EUR',
    simulated: true,
    devices: plantDevices(scene, portOf(ports, 'plant')),
    loads: [
      ...Object.entries(scene.asics).map(([id, spec], i) => asicDevice(id, spec, portOf(ports, id), i)),
      ...Object.entries(scene.small).map(([id, spec], i) => smallDevice(id, spec, portOf(ports, id), i)),
    ],
    control: { ...control, timeZone },
    tariff,
    mode: 'surplus',
    poolFee: 0.02,
  });
}

function portOf(ports: Ports, id: string): number {
  const port = ports[id];
  if (port === undefined) throw new Error(`the simulator has no port for "${id}"`);
  return port;
}

function plantDevices(scene: Scene, port: number): Partial<PlantDevice>[] {
  const device = (id: string, name: string, unit: number, roles: Role[]): Partial<PlantDevice> => ({
    id,
    name,
    family: 'sunspec',
    roles,
    connection: { transport: 'modbus-tcp', host: HOST, port, unit },
  });
  if (scene.grid === 'island')
    return [
      device('turbine', 'Stream turbine', INVERTER_UNIT, ['production']),
      device('battery', 'Battery inverter', BATTERY_UNIT, ['battery']),
    ];
  const meter = device('meter', 'Grid meter', METER_UNIT, ['grid']);
  if (scene.source.kind === 'wind') return [device('turbine', 'Wind turbine', INVERTER_UNIT, ['production']), meter];
  return [device('inverter', 'Hybrid inverter', INVERTER_UNIT, ['production', 'battery']), meter];
}

const timing = (spec: MinerSpec): NonNullable<LoadDevice['model']> => ({
  curve: [...spec.curve],
  standbyW: spec.standbyW,
  startS: spec.startS,
  startW: spec.startW,
  rampUpWps: spec.rampUpWps,
  rampDownWps: spec.rampDownWps,
});

function asicDevice(id: string, spec: MinerSpec, port: number, index: number): Partial<LoadDevice> {
  return {
    id,
    name: index === 0 ? 'ASIC' : `ASIC ${index + 1}`,
    family: 'cgminer',
    connection: { transport: 'tcp', host: HOST, port },
    model: {
      ...timing(spec),
      priority: 1 + index,
      levels: { kind: 'range', minW: spec.minW, maxW: spec.maxW, stepW: 10 },
      raiseGapS: 60,
      lowerGapS: 10,
      phase: 1,
    },
  };
}

function smallDevice(id: string, spec: MinerSpec, port: number, index: number): Partial<LoadDevice> {
  return {
    id,
    name: `Small miner ${index + 1}`,
    family: 'axeos',
    connection: { transport: 'http', host: HOST, port, tls: false },
    model: {
      ...timing(spec),
      priority: 20 + index,
      levels: { kind: 'steps', watts: [SMALL_W] },
      // A pause lives in the memory of this device: it wears nothing.
      startsPerDay: 100,
      phase: 1,
    },
  };
}

/** Board power of a small miner at the clock it is delivered with. */
const SMALL_W = 18;
