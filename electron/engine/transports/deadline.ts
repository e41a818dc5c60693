/** A signal that aborts with another one or after `ms` of real time, until it is cleared. */
export interface Deadline {
  signal: AbortSignal;
  clear(): void;
}

/**
 * `AbortSignal.any([signal, AbortSignal.timeout(ms)])` keeps all that hangs on it until the time is up, also when the
 * answer has long come: at 150 exchanges a second that was 150 MB of old garbage.
 */
export function deadline(signal: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('The time is up', 'TimeoutError')), ms);
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      signal.removeEventListener('abort', follow);
    },
  };
}
