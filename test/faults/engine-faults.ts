import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Farm, Fault } from './fault.ts';

const UNCONTROLLED_S = 20;

/** kill -9, and the supervisor starts another one on the same data. */
export const engineKilled: Fault = {
  name: 'engine killed',
  boundWh: 20,
  async inflict(farm) {
    farm.kill();
    await farm.clock.advance(UNCONTROLLED_S * 1000);
    await farm.restart();
  },
};

const databaseOf = ({ dataDir }: Farm) => {
  const name = readdirSync(dataDir).find((file) => file.endsWith('.sqlite'));
  if (name === undefined) throw new Error('the engine has written no database');
  return join(dataDir, name);
};

/** After a crash the database is no database; the owner puts it aside. */
export const databaseDamaged: Fault = {
  name: 'database damaged',
  boundWh: 20,
  async inflict(farm) {
    farm.kill();
    const file = databaseOf(farm);
    for (const log of ['-wal', '-shm']) rmSync(`${file}${log}`, { force: true });
    writeFileSync(file, Buffer.alloc(100_000, 0x5a));
    await farm.clock.advance(UNCONTROLLED_S * 1000);
    const said = await farm.refusal();
    expect(said).toContain('is damaged');
    expect(said).toContain('backup');
    renameSync(file, `${file}.damaged`);
    await farm.restart();
  },
};

export const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

/** The disk of the ledger, and of it alone, is full; the owner frees some room. */
export const diskFull: Fault = {
  name: 'disk full',
  boundWh: 10,
  tells: ['storage'],
  site(site, dataDir) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', dataDir], { stdio: 'ignore' });
    return site;
  },
  inflict({ dataDir }) {
    const { bavail, bsize } = statfsSync(dataDir);
    writeFileSync(join(dataDir, 'ballast'), Buffer.alloc(bavail * bsize));
  },
  heal: ({ dataDir }) => truncateSync(join(dataDir, 'ballast'), 0),
  end: ({ dataDir }) => void execFileSync('umount', ['-l', dataDir], { stdio: 'ignore' }),
};
