// When a child process that crashed is started again. Pure: times are passed in.

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const CRASHES_UNTIL_GIVING_UP = 5;
const WINDOW_MS = 10 * 60_000;

export type CrashVerdict = { outcome: 'restart'; waitMs: number } | { outcome: 'give-up'; crashes: number };

/** @param crashesMs when it crashed, oldest first, the latest being now */
export function afterCrash(crashesMs: readonly number[], nowMs: number): CrashVerdict {
  const recent = recentCrashes(crashesMs, nowMs).length;
  if (recent >= CRASHES_UNTIL_GIVING_UP) return { outcome: 'give-up', crashes: recent };
  return { outcome: 'restart', waitMs: Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, recent - 1), LONGEST_WAIT_MS) };
}

export function recentCrashes(crashesMs: readonly number[], nowMs: number): number[] {
  return crashesMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
}
