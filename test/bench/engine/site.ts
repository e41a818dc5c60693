import type { PlantDevice, Role } from '#shared/device.ts';
import { Site } from '#shared/site.ts';
import { HOME } from '#engine/simulator/scene.ts';
import type { MinerSpec } from '#engine/simulator/miner.ts';

/** The fleet: with the meter 60 Modbus and 40 HTTP devices, and 40 miners of two kinds. */
export const CROWD = { inverters: 59, shellies: 20, fronius: 20, inverterW: 300, shellyW: 100, froniusW: 100 } as const;
export const MINERS = 40;

export interface CrowdPorts {
  inverters: number[];
  shellies: number[];
  fronius: number[];
}
export interface MinerPorts {
  meter: number;
  miners: number[];
}

export const PRODUCTION_W =
  CROWD.inverters * CROWD.inverterW + CROWD.shellies * CROWD.shellyW + CROWD.fronius * CROWD.froniusW;
export const FUSE_A = 40;
/** Phase 1 when all is well, and when somebody has put a heater on it: the fuse guard lowers one load at once. */
export const PHASE_W = { calm: 4000, over: 9250 } as const;

/** Even miners speak the CGMiner API, odd ones are AxeOS; both start fast, so that the bench does not wait for them. */
export const isAsic = (index: number): boolean => index % 2 === 0;
const asic: MinerSpec = {
  ...HOME.asics['asic']!,
  minW: 200,
  maxW: 400,
  startS: 5,
  startW: 50,
  rampUpWps: 200,
  rampDownWps: 400,
  curve: [
    { drawW: 200, hashrateThs: 12 },
    { drawW: 400, hashrateThs: 23 },
  ],
};
const axe: MinerSpec = { ...HOME.small['small-1']!, startS: 2 };
export const specOf = (index: number): MinerSpec => (isAsic(index) ? asic : axe);

export function siteOf(crowd: CrowdPorts, served: MinerPorts): Site {
  const host = '127.0.0.1';
  const device = (id: string, family: string, roles: Role[], connection: PlantDevice['connection'], setup = {}) => ({
    id,
    name: id,
    family,
    roles,
    connection,
    setup,
  });
  const modbus = (port: number) => ({ transport: 'modbus-tcp' as const, host, port, unit: 1 });
  const web = (port: number) => ({ transport: 'http' as const, host, port, tls: false });
  return Site.parse({
    version: 1,
    id: 'bench',
    name: 'Bench',
    timeZone: 'UTC',
    currency: 'EUR',
    // Its meter needs no sign check: nobody is there to switch a kettle on.
    simulated: true,
    mode: 'surplus',
    devices: [
      device('meter', 'sunspec', ['grid'], modbus(served.meter)),
      ...crowd.inverters.map((port, i) => device(`inverter-${i}`, 'sunspec', ['production'], modbus(port))),
      ...crowd.shellies.map((port, i) =>
        device(`shelly-${i}`, 'shelly-gen2', ['production'], web(port), { component: 'PM1' }),
      ),
      ...crowd.fronius.map((port, i) => device(`fronius-${i}`, 'fronius-solar-api', ['production'], web(port))),
    ],
    loads: served.miners.map((port, i) => ({
      id: `miner-${i}`,
      name: `Miner ${i}`,
      family: isAsic(i) ? 'cgminer' : 'axeos',
      connection: isAsic(i) ? { transport: 'tcp', host, port } : web(port),
      pollS: 1,
      model: modelOf(i),
    })),
    control: { phaseFuseA: FUSE_A, withoutMarket: 'all-surplus', timeZone: 'UTC' },
  });
}

function modelOf(index: number) {
  const { curve, standbyW, startS, startW, rampUpWps, rampDownWps, minW, maxW } = specOf(index);
  return {
    levels: isAsic(index) ? { kind: 'range', minW, maxW, stepW: 10 } : { kind: 'steps', watts: [18] },
    curve: [...curve],
    standbyW,
    startS,
    startW,
    rampUpWps,
    rampDownWps,
    priority: index,
    // Stopped and started again all through the bench.
    startsPerDay: 1000,
    writesPerDay: 10_000,
    raiseGapS: 5,
    phase: 1,
  };
}
