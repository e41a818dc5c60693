import type { Site } from '#shared/site.ts';
import type { Miner } from '#engine/simulator/miner.ts';
import type { Plant } from '#engine/simulator/plant.ts';
import { INVERTER_UNIT, METER_UNIT } from '#engine/simulator/sunspec-devices.ts';
import type { ManualClock } from '#engine/system/manual-clock.ts';
import { cuttableTcp, type CuttableTcp } from '../support/cuttable-tcp.ts';
import { faultyModbus, type FaultyModbus } from '../support/faulty-modbus.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

/** One way in which the world lets us down. */
export interface Fault {
  name: string;
  /** Grid energy that the loads may take because of it, Wh: at most 30 s unseen at 3 kW, and the ramp. */
  boundWh: number;
  /** What nobody can stop while it lasts, W. */
  unstoppableW?: number;
  /** What it draws with nobody to stop it while the engine sleeps, W; and for how long it sleeps, s. */
  asleepW?: number;
  sleepsS?: number;
  /** What the owner was told is kept in the ledger; over a new ledger he is told anew. */
  forgets?: boolean;
  /** Ids of the notices of which each must come once, and never twice. */
  tells?: readonly string[];
  /** How long until the engine must have noticed, s; absent: two minutes. */
  lastsS?: number;
  /** When the day begins; absent: at ten in the morning. */
  startMs?: number;
  /** Why it cannot be tried here. */
  unavailable?: string | undefined;
  /** How it is mounted from the start. */
  site?: (site: Site, dataDir: string, wires: Wires) => Site | Promise<Site>;
  inflict?(farm: Farm): void | Promise<void>;
  /** The world is well again; what needs the owner, he does. */
  heal?(farm: Farm): void | Promise<void>;
  /** Takes away what `site` has set up. */
  end?(farm: Farm): void | Promise<void>;
}

/** Two things that break, one after the other; or one alone. */
export type Pair = readonly [Fault] | readonly [Fault, Fault];

export type Farm = Awaited<ReturnType<typeof farmWith>>;
export const UNITS = { meter: METER_UNIT, turbine: INVERTER_UNIT };

/** Every wire of the site, and what hangs on it. */
export interface Wires {
  modbus: FaultyModbus;
  loads: Map<string, CuttableTcp>;
  plant: Plant;
  clock: ManualClock;
  /** Loads whose supply is cut. */
  unpowered: Set<string>;
}

/** The farm: wind, two ASICs and a small miner, and no battery that would hide an import. */
export async function farmWith(faults: readonly Fault[], adjust: (site: Site) => Site = (site) => site) {
  let wires: Wires | undefined;
  const startMs = faults.find((fault) => fault.startMs !== undefined)?.startMs;
  const base = await simulatedEngine(
    'farm',
    async (site, clock, dataDir, plant) => {
      const laid = await layWires(site, plant, clock);
      wires = laid.wires;
      let changed = adjust(laid.site);
      for (const fault of faults) changed = (await fault.site?.(changed, dataDir, wires)) ?? changed;
      return changed;
    },
    startMs,
  );
  if (!wires) throw new Error('the farm has no wires');
  const { modbus: wire, loads: loadWires, plant, unpowered } = wires;
  let starts = 1;
  return {
    ...base,
    wire: wire.faults,
    plant,
    /** Cuts every wire of the site, or mends them. */
    cutNetwork(cut: boolean) {
      for (const one of [wire, ...loadWires.values()]) one.cut(cut);
    },
    unpowered,
    /** What the starts said that were refused. */
    refusals: [] as string[],
    asic: (id: 'asic-1' | 'asic-2' = 'asic-1'): Miner => {
      const miner = plant.miners[id];
      if (!miner) throw new Error(`the farm has no ${id}`);
      return miner;
    },
    gridFedWh: () => base.simulator.truth().plant.gridFedWh,
    starts: () => starts,
    /** Starts the engine, or notes why it refuses. */
    async startAgain() {
      const refusal = await base.restart();
      if (refusal === undefined) starts += 1;
      else this.refusals.push(refusal);
    },
    async end() {
      for (const fault of faults) await fault.end?.(this);
      await Promise.all([wire, ...loadWires.values()].map((one) => one.close()));
      await base.end();
    },
  };
}

/** Puts a wire of ours before every port of the site. */
async function layWires(site: Site, plant: Plant, clock: ManualClock): Promise<{ wires: Wires; site: Site }> {
  const [device] = site.devices;
  if (device?.connection.transport !== 'modbus-tcp') throw new Error('the farm has no Modbus port');
  const modbus = await faultyModbus(device.connection.port, clock);
  const loads = new Map<string, CuttableTcp>();
  const devices = site.devices.map((one) => ({ ...one, connection: { ...one.connection, port: modbus.port } }));
  const wired: Site['loads'] = [];
  for (const load of site.loads) {
    const { connection } = load;
    if (!('port' in connection)) throw new Error(`${load.id} has no port`);
    const wire = await cuttableTcp(connection.port);
    loads.set(load.id, wire);
    wired.push({ ...load, connection: { ...connection, port: wire.port } });
  }
  const wires = { modbus, loads, plant, clock, unpowered: new Set<string>() };
  return { wires, site: { ...site, devices, loads: wired } };
}
