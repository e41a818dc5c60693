import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markProven, requiredProofs } from '#engine/commissioned.ts';
import { openLedger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { databaseOf } from './engine-faults.ts';
import type { Farm, Fault } from './fault.ts';

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

/** The disk of the ledger, and of it alone, is full; the owner frees some room. */
export const diskFull: Fault = {
  name: 'disk full',
  boundWh: 10,
  tells: ['storage'],
  unavailable: mayMount ? undefined : 'filling a disk of its own needs root on Linux',
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

const holders = new WeakMap<Farm['clock'], Database.Database>();

/** Another program has the database open and writes for a long time. */
export const databaseLocked: Fault = {
  name: 'database locked',
  boundWh: 10,
  tells: ['storage'],
  inflict(farm) {
    const holder = new Database(databaseOf(farm));
    holder.exec('BEGIN EXCLUSIVE');
    holders.set(farm.clock, holder);
  },
  heal: (farm) => void holders.get(farm.clock)?.close(),
  end: (farm) => void holders.get(farm.clock)?.close(),
};

const unplugged = (dataDir: string) => join(dataDir, 'unplugged-disk');

/** The owner keeps the backups on a disk that is not there; only real sites are backed up by themselves. */
export const backupFolderGone: Fault = {
  name: 'backup folder gone',
  boundWh: 0,
  tells: ['backup'],
  site(site, dataDir) {
    rmSync(join(dataDir, 'backups'), { recursive: true, force: true });
    symlinkSync(unplugged(dataDir), join(dataDir, 'backups'));
    const control = { ...site.control, withoutMarket: 'all-surplus' as const };
    const real = { ...site, control, simulated: false };
    const opened = openLedger({ dir: dataDir, site: real, clock: manualClock(0), log: silentLog });
    if (opened.outcome !== 'open') throw new Error(opened.message);
    for (const proof of requiredProofs(real)) markProven(real, opened.ledger.settings, proof);
    opened.ledger.close();
    return real;
  },
  heal: ({ dataDir }) => void mkdirSync(unplugged(dataDir), { recursive: true }),
};
