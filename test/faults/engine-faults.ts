import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Farm, Fault } from './fault.ts';

const UNCONTROLLED_S = 20;
/** Somebody sees that the app is gone and starts it again. */
const UNNOTICED_S = 300;
/** Both ASICs and the small miner with all they have. */
export const ALL_LOADS_W = 6500;

/** kill -9, and the supervisor starts another one on the same data. */
export const engineKilled: Fault = {
  name: 'engine killed',
  boundWh: 20,
  async inflict(farm) {
    farm.kill();
    await farm.clock.advance(UNCONTROLLED_S * 1000);
    await farm.startAgain();
  },
};

/** The shell dies, and with it the engine and whoever would start it again. */
export const mainKilled: Fault = {
  name: 'main killed',
  boundWh: 20,
  unstoppableW: ALL_LOADS_W,
  tells: ['nobody-in-control'],
  async inflict(farm) {
    farm.kill();
    await farm.clock.advance(UNNOTICED_S * 1000);
    await farm.startAgain();
  },
};

export const databaseOf = ({ dataDir }: Pick<Farm, 'dataDir'>): string => {
  const name = readdirSync(dataDir).find((file) => file.endsWith('.sqlite'));
  if (name === undefined) throw new Error('the engine has written no database');
  return join(dataDir, name);
};

/** After a crash the database is no database; the owner puts it aside. */
export const databaseDamaged: Fault = {
  name: 'database damaged',
  boundWh: 20,
  forgets: true,
  async inflict(farm) {
    farm.kill();
    const file = databaseOf(farm);
    for (const log of ['-wal', '-shm']) rmSync(`${file}${log}`, { force: true });
    // In its place: a full disk has no room for another file.
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(statSync(file).size, 0x5a), 0, undefined, 0);
    closeSync(handle);
    await farm.clock.advance(UNCONTROLLED_S * 1000);
    await farm.startAgain();
    expect(farm.refusals.at(-1)).toContain('is damaged');
    expect(farm.refusals.at(-1)).toContain('backup');
    // Nobody controls them, so they must stand.
    for (const [id, { wanted }] of Object.entries(farm.simulator.truth().loads)) {
      const listens = Object.getOwnPropertyDescriptor(farm.plant.miners[id], 'wanted')?.set === undefined;
      if (listens && farm.refusals.at(-1)?.includes('the loads were stopped'))
        expect(`${id} ${wanted}`).toBe(`${id} pause`);
    }
    renameSync(file, `${file}.damaged`);
    await farm.startAgain();
  },
};
