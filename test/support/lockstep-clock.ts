import type { Clock } from '#engine/system/clock.ts';

export interface LockstepClock extends Clock {
  /** Moves time on by `ms`, each sleeper in turn; waits for real input and output in between. */
  advance(ms: number): Promise<void>;
}

const PATIENCE_MS = 20_000;

/**
 * A clock for sessions that talk over real sockets: time stands while any of the `sessions` is awake, and jumps to the
 * next sleeper once all of them sleep.
 */
export function lockstepClock(startMs: number, sessions = 1): LockstepClock {
  let now = startMs;
  const sleepers = new Set<{ atMs: number; wake(): void }>();

  async function allAsleep(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (sleepers.size < sessions) {
      if (performance.now() > until) throw new Error(`only ${sleepers.size} of ${sessions} sleep`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('woken'));
        if (signal?.aborted) return fail();
        const sleeper = { atMs: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => sleepers.delete(sleeper) && fail(), { once: true });
      }),
    async advance(ms) {
      const endMs = now + ms;
      for (;;) {
        await allAsleep();
        const [next] = [...sleepers].toSorted((a, b) => a.atMs - b.atMs);
        if (!next || next.atMs > endMs) break;
        now = next.atMs;
        sleepers.delete(next);
        next.wake();
      }
      now = endMs;
    },
  };
}
