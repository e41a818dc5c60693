/**
 * Site time and timers, passed in wherever something waits. `now` is epoch ms of the site (scaled under `--speed`);
 * periods given to `sleep` and `every` are site time too.
 */
export interface Clock {
  now(): number;
  /** Resolves after `ms` of site time, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** @param speed how many site seconds pass in one real second @param startMs site time now; absent: the real time */
export function systemClock(speed = 1, startMs = Date.now()): Clock {
  const realStart = performance.now();
  return {
    now: () => startMs + (performance.now() - realStart) * speed,
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
