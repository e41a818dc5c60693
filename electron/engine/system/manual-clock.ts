import type { Clock } from './clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on by `ms`, waking sleepers in order; resolves when all they started has settled for a turn. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the clock, or the computer slept: time is another, and who waits has as long to wait as before. */
  jump(ms: number): void;
  /** Time until the next of those who wait is woken, ms; absent: nobody waits. */
  untilNextMs(): number | undefined;
  /** How many wait for time to pass: when all loops do, the outside has been read and commanded. */
  sleepers(): number;
}

/** A clock that stands until told otherwise: for tests, replays and the planner. */
export function manualClock(startMs = 0): ManualClock {
  let now = startMs;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleepers: () => sleepers.size,
    untilNextMs: () => (sleepers.size === 0 ? undefined : Math.min(...[...sleepers].map(({ at }) => at)) - now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            if (sleepers.delete(sleeper)) reject(signal.reason);
          },
          { once: true },
        );
      }),
    jump(ms) {
      now += ms;
      for (const sleeper of sleepers) sleeper.at += ms;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = [...sleepers].filter((s) => s.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        sleepers.delete(next);
        next.wake();
      }
      now = end;
      await settle();
    },
  };
}
