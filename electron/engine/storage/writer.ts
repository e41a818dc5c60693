import { BUSY_ADVICE, type WritableDatabase } from './database.ts';

/** What keeps the ledger from being written; the engine goes on without it. */
export interface LedgerProblem {
  id: 'disk-full' | 'not-writable';
  message: string;
  sinceMs: number;
  /** Pieces of the ledger waiting in memory. */
  waiting: number;
}

export interface Writer {
  /** Writes now, or keeps `durable` work until there is room again; `droppable` is given up. */
  write(nowMs: number, durable: readonly (() => void)[], droppable: () => void): void;
  problem(): LedgerProblem | undefined;
}

const RETRY_MS = 5000;
// A day of slots, minutes and marks; a disk full for longer loses the oldest minutes of the ledger.
const WAITING_AT_MOST = 5000;

/** @param undone called after a roll-back, to forget what caches learned in it */
export function ledgerWriter(db: WritableDatabase, file: string, undone: () => void): Writer {
  let waiting: (() => void)[] = [];
  let problem: LedgerProblem | undefined;
  let retryMs = 0;
  return {
    write(nowMs, durable, droppable) {
      waiting.push(...durable);
      if (problem && Math.abs(nowMs - retryMs) < RETRY_MS) return;
      try {
        db.transaction(() => {
          for (const work of waiting) work();
          droppable();
        });
        waiting = [];
        problem = undefined;
      } catch (error) {
        const failure = storageFailure(error, file);
        if (!failure) throw error;
        undone();
        waiting = waiting.slice(-WAITING_AT_MOST);
        retryMs = nowMs;
        problem = { ...failure, sinceMs: problem?.sinceMs ?? nowMs, waiting: waiting.length };
      }
    },
    problem: () => problem,
  };
}

function storageFailure(error: unknown, file: string): { id: LedgerProblem['id']; message: string } | undefined {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_FULL') {
    return {
      id: 'disk-full',
      message: `No room to write ${file}. Free some disk space; what is missing is written then.`,
    };
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return { id: 'not-writable', message: `${file} cannot be written (${code}). ${BUSY_ADVICE}` };
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|PERM)/.test(code)) {
    return {
      id: 'not-writable',
      message: `${file} cannot be written (${code}). Check the disk and the folder's permissions.`,
    };
  }
  return undefined;
}
