import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { migrations } from './migrations/all.ts';

/** Prepared statements that read. Writing needs the other type. */
export interface ReadableDatabase {
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Database.Statement<P, R>;
}

export interface WritableDatabase extends ReadableDatabase {
  readonly raw: Database.Database;
  /** Runs `work` in one transaction; a throw undoes all of it. */
  transaction(work: () => void): void;
  close(): void;
}

export type OpenFailure =
  | { outcome: 'newer'; message: string }
  | { outcome: 'damaged'; message: string }
  | { outcome: 'unreadable'; message: string };

export type OpenOutcome = { outcome: 'open'; db: WritableDatabase } | OpenFailure;

/** So long another program may hold the database, ms: at the start, and while the loop waits. */
const BUSY_AT_START_MS = 2000;
const BUSY_MS = 50;
export const BUSY_ADVICE = 'Another program holds it: close that program, or a second Spillway.';

/**
 * Opens or creates the database and brings it to the newest schema. One that was not closed in order is checked page by
 * page, which takes a second or two after ten years; every backup is checked like that as well.
 */
export function openDatabase(file: string): OpenOutcome {
  let raw: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const isNew = !existsSync(file);
    raw = new Database(file, { timeout: BUSY_AT_START_MS });
    raw.pragma('journal_mode = WAL');
    // In WAL a killed process loses nothing; only a power cut may take the last commits (sqlite.org/pragma.html).
    raw.pragma('synchronous = NORMAL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('cache_size = -8000');
    // 16 MB of log between two checkpoints: a checkpoint waits for the disk, and a tick with it.
    raw.pragma('wal_autocheckpoint = 4000');
    const version = raw.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) {
      raw.close();
      const message = `${file} was written by a newer Spillway (schema ${version}, this one knows ${migrations.length}). Install the newer version, or put a backup of this version in its place.`;
      return { outcome: 'newer', message };
    }
    if (!isNew && !closedInOrder(raw, version)) checkPages(raw);
    migrate(raw, file, version);
    raw.prepare("DELETE FROM setting WHERE key = 'closed'").run();
    // From now on a tick would wait: what cannot be written at once is kept and written later.
    raw.pragma(`busy_timeout = ${BUSY_MS}`);
    return { outcome: 'open', db: writable(raw) };
  } catch (error) {
    raw?.close();
    const code = (error as { code?: string }).code ?? '';
    const reason = error instanceof Error ? error.message : String(error);
    if (
      code.startsWith('SQLITE_CANTOPEN') ||
      code.startsWith('SQLITE_READONLY') ||
      code === 'EACCES' ||
      code === 'EROFS'
    ) {
      return {
        outcome: 'unreadable',
        message: `${file} cannot be opened (${reason}). Check that its folder can be written to.`,
      };
    }
    if (code === '' || code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
      return {
        outcome: 'damaged',
        message: `${file} is damaged (${reason}). Restore a backup; the damaged file is kept.`,
      };
    }
    const busy = code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
    const advice = busy ? ` ${BUSY_ADVICE}` : '';
    return { outcome: 'unreadable', message: `${file} cannot be used (${code}: ${reason}).${advice}` };
  }
}

/** @throws with what is damaged */
export function checkPages(raw: Database.Database): void {
  const answer = raw.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw new Error(String(answer));
}

const closedInOrder = (raw: Database.Database, version: number): boolean =>
  version > 0 && raw.prepare("SELECT 1 FROM setting WHERE key = 'closed'").get() !== undefined;

function migrate(raw: Database.Database, file: string, from: number): void {
  if (from === migrations.length) return;
  if (from > 0) {
    const copy = `${file}.before-${migrations.length}`;
    if (!existsSync(copy)) raw.prepare('VACUUM INTO ?').run(copy);
  }
  for (const [i, migration] of migrations.entries()) {
    if (i < from) continue;
    raw.transaction(() => {
      raw.exec(migration.sql);
      raw.pragma(`user_version = ${i + 1}`);
    })();
  }
}

function writable(raw: Database.Database): WritableDatabase {
  return {
    raw,
    prepare: <P extends unknown[], R>(sql: string) => raw.prepare<P, R>(sql),
    transaction: (work) => raw.transaction(work)(),
    close() {
      try {
        raw.prepare("INSERT OR REPLACE INTO setting (key, json) VALUES ('closed', 'true')").run();
      } catch {
        // No room or no right to write: the next start checks the pages instead.
      }
      raw.close();
    },
  };
}
