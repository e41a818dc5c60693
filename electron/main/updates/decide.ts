// When to look for an update and when to put it in place. Pure.

export interface UpdateSituation {
  nowMs: number;
  /** The owner's switch. */
  wanted: boolean;
  /** When it was last looked for; absent: not since the start. */
  checkedMs: number | undefined;
  startedMs: number;
  /** A checked update lies on the disk. */
  isReady: boolean;
  /** The engine is in order and says what its loads do. */
  isEngineKnown: boolean;
  loadsStarting: number;
  loadsRunning: number;
  /** Since when no load runs; absent: one does, or nobody knows. */
  restingSinceMs: number | undefined;
  /** The owner is looking. */
  windowHasFocus: boolean;
}

/** The start is busy enough, and a computer that starts with its router has no network yet. */
const FIRST_MS = 5 * 60_000;
const EVERY_MS = 6 * 3_600_000;
/** A pause between two clouds is none to restart in. */
const REST_MS = 30 * 60_000;

export function nextStep(situation: UpdateSituation): 'wait' | 'check' | 'install' {
  const { wanted, isReady, nowMs, checkedMs, startedMs } = situation;
  if (!wanted) return 'wait';
  if (isReady) return isQuiet(situation) ? 'install' : 'wait';
  // A clock that was set back must not put it off for years.
  if (checkedMs === undefined) return nowMs - startedMs >= FIRST_MS || nowMs < startedMs ? 'check' : 'wait';
  return nowMs - checkedMs >= EVERY_MS || nowMs < checkedMs ? 'check' : 'wait';
}

/** By itself a restart comes only while nothing runs, for a while already, and nobody looks. */
function isQuiet({
  nowMs,
  isEngineKnown,
  loadsStarting,
  loadsRunning,
  restingSinceMs,
  windowHasFocus,
}: UpdateSituation) {
  if (!isEngineKnown || loadsStarting > 0 || loadsRunning > 0 || windowHasFocus) return false;
  return restingSinceMs !== undefined && nowMs - restingSinceMs >= REST_MS;
}

/** The owner's own word: at once, but never into the start of a load, which would be cut in the middle. */
export const mayInstallNow = ({ isReady, loadsStarting }: UpdateSituation): 'yes' | 'not-ready' | 'load-starting' =>
  isReady ? (loadsStarting > 0 ? 'load-starting' : 'yes') : 'not-ready';
