import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Site } from '#shared/site.ts';
import { backUp, type BackupOutcome } from '#engine/storage/backup.ts';
import { ledgerFile, openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { readSiteFile } from '#engine/storage/site-file.ts';
import { systemClock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';

/** A site whose engine does not run here, or is another program's. */
export interface AtRest {
  site: Site;
  /** Absent: it has no ledger yet. */
  ledger: Pick<Ledger, 'today' | 'exportTable' | 'span'> | undefined;
  backUp(): Promise<BackupOutcome>;
  close(): Promise<void>;
}

/** The ledger is read from a copy: the file belongs to the engine, which may be at work in another program. */
export async function openAtRest(
  dataDir: string,
  siteFile: string,
): Promise<{ outcome: 'ok'; atRest: AtRest } | { outcome: 'refused'; message: string }> {
  const read = await readSiteFile(siteFile);
  if (read.outcome === 'unreadable') return { outcome: 'refused', message: read.message };
  if (read.outcome !== 'ok')
    return { outcome: 'refused', message: `There is no site file ${siteFile} and no engine runs on ${dataDir}.` };
  const { site } = read;
  const file = ledgerFile(dataDir, site);
  const copyDir = await mkdtemp(join(tmpdir(), 'spillway-'));
  const remove = () => rm(copyDir, { recursive: true, force: true });
  const refuse = async (message: string) => {
    await remove();
    return { outcome: 'refused' as const, message };
  };
  let ledger: Ledger | undefined;
  if (existsSync(file)) {
    try {
      await reading(file, (raw) => raw.backup(join(copyDir, basename(file))));
    } catch (cause) {
      return refuse(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`);
    }
    const opened = openLedger({ dir: copyDir, site, clock: systemClock(), log: silentLog });
    if (opened.outcome !== 'open') return refuse(opened.message.replaceAll(copyDir, dataDir));
    ({ ledger } = opened);
  }
  return {
    outcome: 'ok',
    atRest: {
      site,
      ledger,
      backUp: async () =>
        existsSync(file)
          ? reading(file, (raw) => backUp({ raw }, file, Date.now())).catch((cause: unknown) => ({
              outcome: 'failed' as const,
              message: `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
            }))
          : { outcome: 'failed', message: `There is no ledger ${file} yet.` },
      async close() {
        ledger?.close();
        await remove();
      },
    },
  };
}

async function reading<T>(file: string, work: (raw: Database.Database) => Promise<T>): Promise<T> {
  const raw = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return await work(raw);
  } finally {
    raw.close();
  }
}
