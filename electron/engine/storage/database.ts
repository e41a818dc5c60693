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

/**
 * Opens or creates the database, brings it to the newest schema and checks it.
 * @param check 'quick' looks at every page (about 0.3 s for 250 MB); 'none' after a clean close
 */
export function openDatabase(file: string, check: 'quick' | 'none' = 'quick'): OpenOutcome {
  let raw: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const isNew = !existsSync(file);
    raw = new Database(file, { timeout: 2000 });
    raw.pragma('journal_mode = WAL');
    // In WAL a killed process loses nothing; only a power cut may take the last commits (sqlite.org/pragma.html).
    raw.pragma('synchronous = NORMAL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('cache_size = -8000');
    const version = raw.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) {
      raw.close();
      const message = `${file} was written by a newer Spillway (schema ${version}, this one knows ${migrations.length}). Install the newer version, or put a backup of this version in its place.`;
      return { outcome: 'newer', message };
    }
    if (!isNew && check === 'quick') {
      const answer = raw.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') throw new Error(String(answer));
    }
    migrate(raw, file, version);
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
    return { outcome: 'unreadable', message: `${file} cannot be used (${code}: ${reason}).` };
  }
}

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
    close: () => raw.close(),
  };
}
