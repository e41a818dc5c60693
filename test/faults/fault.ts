import type { Site } from '#shared/site.ts';
import type { Miner } from '#engine/simulator/miner.ts';
import { METER_UNIT, INVERTER_UNIT } from '#engine/simulator/sunspec-devices.ts';
import { faultyModbus, type FaultyModbus } from '../support/faulty-modbus.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

/** One way in which the world lets us down. */
export interface Fault {
  name: string;
  /** Grid energy that the loads may take because of it, Wh: at most 30 s unseen at 3 kW, and the ramp. */
  boundWh: number;
  /** Ids of the notices of which each must come once, and never twice. */
  tells?: readonly string[];
  /** How long until the engine must have noticed, s; absent: two minutes. */
  lastsS?: number;
  /** How it is mounted from the start. */
  site?: (site: Site, dataDir: string) => Site;
  inflict?(farm: Farm): void | Promise<void>;
  /** The world is well again; what needs the owner, he does. */
  heal?(farm: Farm): void | Promise<void>;
  /** Takes away what `site` has set up. */
  end?(farm: Farm): void;
}

/** Two things that break, one after the other; or one alone. */
export type Pair = readonly [Fault] | readonly [Fault, Fault];

export type Farm = Awaited<ReturnType<typeof farmWith>>;
export const UNITS = { meter: METER_UNIT, turbine: INVERTER_UNIT };

/** The farm: wind, two ASICs and a small miner, and no battery that would hide an import. */
export async function farmWith(faults: readonly Fault[]) {
  let wire: FaultyModbus | undefined;
  const base = await simulatedEngine('farm', async (site, clock, dataDir) => {
    const [device] = site.devices;
    if (device?.connection.transport !== 'modbus-tcp') throw new Error('the farm has no Modbus port');
    wire = await faultyModbus(device.connection.port, clock);
    const { port } = wire;
    const devices = site.devices.map((one) => ({ ...one, connection: { ...one.connection, port } })) as Site['devices'];
    return faults.reduce((changed, fault) => fault.site?.(changed, dataDir) ?? changed, { ...site, devices });
  });
  if (!wire) throw new Error('the farm has no wire');
  const { plant } = base.simulator;
  const { faults: onWire, close } = wire;
  return {
    ...base,
    wire: onWire,
    plant,
    /** What a start refused by this fault has said. */
    refusals: [] as string[],
    asic: (id: 'asic-1' | 'asic-2' = 'asic-1'): Miner => {
      const miner = plant.miners[id];
      if (!miner) throw new Error(`the farm has no ${id}`);
      return miner;
    },
    gridFedWh: () => base.simulator.truth().plant.gridFedWh,
    async end() {
      for (const fault of faults) fault.end?.(this);
      await close();
      await base.end();
    },
  };
}
