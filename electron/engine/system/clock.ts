/**
 * Site time and timers, passed in wherever something waits. `now` is epoch ms of the site (scaled under `--speed`);
 * periods given to `sleep` and `every` are site time too.
 */
export interface Clock {
  now(): number;
  /** Resolves after `ms` of site time, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The real time. */
export const systemClock = (): Clock => siteClock({ wallMs: Date.now(), siteMs: Date.now(), speed: 1 });

/**
 * A clock shared by processes: site time is `siteMs + (wall - wallMs) * speed`. It is the wall clock and not the monotonic
 * one, which stands still while a computer sleeps; control and ledger notice the jumps of a wall clock themselves.
 */
export function siteClock({ wallMs, siteMs, speed }: { wallMs: number; siteMs: number; speed: number }): Clock {
  return {
    now: () => siteMs + (Date.now() - wallMs) * speed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = setTimeout(done, ms / speed);
        function done() {
          signal?.removeEventListener('abort', cancel);
          resolve();
        }
        function cancel() {
          clearTimeout(timer);
          reject(signal?.reason);
        }
        signal?.addEventListener('abort', cancel, { once: true });
      }),
  };
}
