import type { SimulatedSiteName, SiteClock } from '#shared/contract/host.ts';
import type { Site } from '#shared/site.ts';
import { siteClock } from '#engine/system/clock.ts';
import { serveAxeos } from './axeos-server.ts';
import { serveCgminer, type Service } from './cgminer-server.ts';
import { createPlant, type Plant, type PlantTruth } from './plant.ts';
import { SITES, siteOf } from './site.ts';
import { serveSunspec } from './sunspec-server.ts';

/** Simulations begin at 10:00. */
export const START_HOUR = 10;

export interface SimulatorOptions {
  name: SimulatedSiteName;
  clock: SiteClock;
  seed?: number;
  socPercent?: number;
  /** After a crash: the site whose ports are taken again. */
  resumed?: Site;
  /** Site time now; absent: by `clock` and the wall. */
  now?: () => number;
}

/** What is so, beside what the devices say. */
interface SimulatorTruth {
  plant: PlantTruth;
  loads: Record<
    string,
    { wanted: 'run' | 'pause'; phase: string; targetW: number; drawW: number; hashrateThs: number; starts: number }
  >;
}

export interface Simulator {
  site: Site;
  truth(): SimulatorTruth;
  /** For tests that let its miners misbehave. */
  plant: Plant;
  close(): Promise<void>;
}

/** Opens every device of the site on loopback; the plant moves on whenever one of them is asked. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { name, clock } = options;
  const shared = siteClock(clock);
  const now = options.now ?? (() => shared.now());
  const { scene, seed } = SITES[name];
  const atMs = options.resumed ? Math.floor(now() / 1000) * 1000 : clock.siteMs;
  const plant = createPlant(scene, {
    atMs,
    siteS: START_HOUR * 3600 + (atMs - clock.siteMs) / 1000,
    seed: options.seed ?? seed,
    ...(options.socPercent === undefined ? {} : { socPercent: options.socPercent }),
  });
  const catchUp = () => {
    const ms = now();
    plant.advanceTo(ms);
    return ms;
  };

  const wanted = portsOf(options.resumed);
  const services: Record<string, Service> = { plant: await serveSunspec(plant, catchUp, wanted['plant']) };
  for (const [id, miner] of Object.entries(plant.miners))
    services[id] =
      id in scene.asics
        ? await serveCgminer(miner, catchUp, wanted[id])
        : await serveAxeos(miner, id, catchUp, wanted[id]);

  return {
    site: siteOf(name, Object.fromEntries(Object.entries(services).map(([id, { port }]) => [id, port]))),
    plant,
    truth() {
      catchUp();
      return {
        plant: { ...plant.truth },
        loads: Object.fromEntries(
          Object.entries(plant.miners).map(([id, { wanted, phase, targetW, drawW, hashrateThs, starts }]) => [
            id,
            { wanted, phase, targetW, drawW, hashrateThs, starts },
          ]),
        ),
      };
    },
    close: async () => {
      await Promise.all(Object.values(services).map((service) => service.close()));
    },
  };
}

function portsOf(site: Site | undefined): Record<string, number> {
  const ports: Record<string, number> = {};
  const first = site?.devices[0]?.connection;
  if (first?.transport === 'modbus-tcp') ports['plant'] = first.port;
  for (const { id, connection } of site?.loads ?? []) if ('port' in connection) ports[id] = connection.port;
  return ports;
}
