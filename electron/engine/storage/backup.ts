import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { checkPages, type WritableDatabase } from './database.ts';
import { migrations } from './migrations/all.ts';

export interface Backup {
  file: string;
  bytes: number;
  /** End of its last slot; absent: it has none. */
  endMs?: number;
}

export type BackupOutcome = { outcome: 'ok'; backup: Backup } | { outcome: 'failed'; message: string };
export type RestoreOutcome = { outcome: 'ok'; keptFile?: string } | { outcome: 'failed'; message: string };

const KEEP = 7;

const folderOf = (file: string): string => join(dirname(file), 'backups');
const stem = (file: string): string => basename(file, '.sqlite');
const stamp = (nowMs: number): string => new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');

/** Copies the database while it is written, checks the copy, and only then counts it; the oldest beyond seven go. */
export async function backUp(db: Pick<WritableDatabase, 'raw'>, file: string, nowMs: number): Promise<BackupOutcome> {
  const target = join(folderOf(file), `${stem(file)}.${stamp(nowMs)}.sqlite`);
  const part = `${target}.part`;
  try {
    mkdirSync(folderOf(file), { recursive: true });
    await db.raw.backup(part);
    // Without a log of its own the copy is one file, and reading it leaves none behind.
    const copy = new Database(part);
    copy.pragma('journal_mode = DELETE');
    copy.close();
    const checked = checkBackup(part);
    if (checked.outcome === 'failed') throw new Error(checked.message);
    renameSync(part, target);
    for (const old of backupFiles(file).slice(KEEP)) rmSync(old);
    return { outcome: 'ok', backup: { ...checked.backup, file: target } };
  } catch (error) {
    rmSync(part, { force: true });
    return {
      outcome: 'failed',
      message: `No backup of ${file} was made: ${reasonOf(error)}. Check the room in ${folderOf(file)}.`,
    };
  }
}

/** Newest first; those that cannot be used are left out. */
export const backupsOf = (file: string): Backup[] =>
  backupFiles(file).flatMap((each) => {
    const end = lastSlotEnd(each);
    return end.outcome === 'ok' ? [end.backup] : [];
  });

/** Newest first, unchecked. */
function backupFiles(file: string): string[] {
  if (!existsSync(folderOf(file))) return [];
  return readdirSync(folderOf(file))
    .filter((name) => name.startsWith(`${stem(file)}.`) && name.endsWith('.sqlite'))
    .toSorted()
    .toReversed()
    .map((name) => join(folderOf(file), name));
}

/** Checks every page. */
export const checkBackup = (file: string): BackupOutcome => lookInto(file, checkPages);

/** Looks at schema and last slot only: a list of backups must not take seconds. */
const lastSlotEnd = (file: string): BackupOutcome => lookInto(file, () => undefined);

function lookInto(file: string, check: (db: Database.Database) => void): BackupOutcome {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version < 1 || version > migrations.length) throw new Error(`schema ${version} is not one this version knows`);
    check(db);
    const last = db.prepare<[], number | null>('SELECT max(slot) FROM slot').pluck().get() ?? undefined;
    const backup = { file, bytes: statSync(file).size, ...(last === undefined ? {} : { endMs: (last + 1) * SLOT_MS }) };
    return { outcome: 'ok', backup };
  } catch (error) {
    return { outcome: 'failed', message: `${file} is no usable backup: ${reasonOf(error)}.` };
  } finally {
    db?.close();
  }
}

/** What to offer when the database is damaged. */
export function newestGoodBackup(file: string): Backup | undefined {
  for (const candidate of backupFiles(file)) {
    const checked = checkBackup(candidate);
    if (checked.outcome === 'ok') return checked.backup;
  }
  return undefined;
}

/**
 * Puts a backup in the place of the closed database `file`. What was there is kept beside it, so that restoring that file
 * is the way back.
 */
export function restoreBackup(file: string, from: string, nowMs: number): RestoreOutcome {
  const checked = checkBackup(from);
  if (checked.outcome === 'failed') return checked;
  const kept = `${file.replace(/\.sqlite$/, '')}.replaced-${stamp(nowMs)}.sqlite`;
  const part = `${file}.part`;
  try {
    copyFileSync(from, part);
    const had = existsSync(file);
    // The log of pages not yet written back belongs to the file it lies beside.
    for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, kept + end);
    renameSync(part, file);
    return had ? { outcome: 'ok', keptFile: kept } : { outcome: 'ok' };
  } catch (error) {
    rmSync(part, { force: true });
    if (!existsSync(file)) {
      for (const end of ['', '-wal', '-shm']) if (existsSync(kept + end)) renameSync(kept + end, file + end);
    }
    return { outcome: 'failed', message: `${from} was not restored: ${reasonOf(error)}. ${file} is as it was.` };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
