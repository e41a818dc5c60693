import type { Miner } from '#engine/simulator/miner.ts';
import type { Fault } from './fault.ts';

/** Its API says "ok" to all, and it runs on as it ran. */
export const minerDisobeys: Fault = {
  name: 'miner disobeys',
  // Without a plug nobody can stop a miner that does not listen: its full draw for as long as it defies.
  boundWh: 450,
  lastsS: 420,
  tells: ['not-following'],
  // The second in line is the first that must give way to the kettle.
  inflict({ asic }) {
    const miner = asic('asic-2');
    for (const key of ['wanted', 'targetW'] as const) {
      const value = miner[key];
      Object.defineProperty(miner, key, {
        configurable: true,
        enumerable: true,
        get: () => value,
        set() {},
      });
    }
  },
  heal({ asic }) {
    const miner = asic('asic-2');
    for (const key of ['wanted', 'targetW'] as const)
      Object.defineProperty(miner, key, { configurable: true, enumerable: true, writable: true, value: miner[key] });
  },
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
