import type { Miner } from '#engine/simulator/miner.ts';
import type { Fault } from './fault.ts';
import { servePlug } from './plug.ts';

const FULL_W = 3200;

/** Its API says "ok" to all, and it runs on as it ran. */
function defy(miner: Miner): void {
  for (const key of ['wanted', 'targetW'] as const) {
    const value = miner[key];
    Object.defineProperty(miner, key, { configurable: true, enumerable: true, get: () => value, set() {} });
  }
}

function listenAgain(miner: Miner): void {
  for (const key of ['wanted', 'targetW'] as const)
    Object.defineProperty(miner, key, { configurable: true, enumerable: true, writable: true, value: miner[key] });
}

/** Without a plug nobody can stop a miner that does not listen. */
export const minerDisobeys: Fault = {
  name: 'miner disobeys',
  boundWh: 30,
  unstoppableW: FULL_W,
  lastsS: 420,
  tells: ['not-following'],
  // The second in line is the first that must give way to the kettle.
  inflict: ({ asic }) => defy(asic('asic-2')),
  heal: ({ asic }) => listenAgain(asic('asic-2')),
};

const plugs = new WeakMap<Set<string>, () => Promise<void>>();

/** The same behind a switched plug, which is the last resort. */
export const minerDisobeysPlug: Fault = {
  name: 'miner with plug disobeys',
  // 75 s of grace, three times, at its full draw.
  boundWh: (FULL_W * 300) / 3600,
  asleepW: FULL_W,
  lastsS: 420,
  tells: ['not-following'],
  async site(site, _, wires) {
    const { port, close } = await servePlug('asic-2', wires);
    plugs.set(wires.unpowered, close);
    const connection = { transport: 'http' as const, host: '127.0.0.1', port, tls: false };
    const plug = { family: 'shelly-plug-gen2', connection, setup: {} };
    return { ...site, loads: site.loads.map((load) => (load.id === 'asic-2' ? { ...load, plug } : load)) };
  },
  end: ({ unpowered }) => plugs.get(unpowered)?.(),
  inflict: ({ asic }) => defy(asic('asic-2')),
  heal: ({ asic }) => listenAgain(asic('asic-2')),
};

/** It hashes on and nobody pays for it. */
export const poolDead: Fault = {
  name: 'pool dead',
  boundWh: 0,
  lastsS: 420,
  tells: ['pool-dead'],
  inflict: ({ asic }) => void (asic().poolAlive = false),
  heal: ({ asic }) => void (asic().poolAlive = true),
};

/** The power was gone for a moment: it forgets what it was told and mines with all it has. */
export const minerReboots: Fault = {
  name: 'miner reboots, mines',
  boundWh: 15,
  inflict({ asic }) {
    const fresh: Partial<Miner> = { uptimeS: 0, wanted: 'run', phase: 'paused', targetW: asic().spec.maxW };
    Object.assign(asic(), fresh);
  },
};
