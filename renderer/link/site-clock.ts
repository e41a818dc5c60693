import { useSyncExternalStore } from 'react';
import { useReceived } from './use-engine.ts';

const listeners = new Set<() => void>();
let wallMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    if (document.hidden) return;
    wallMs = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The wall clock, once a second, all components in the same step. */
export const useWallClock = () => useSyncExternalStore(subscribe, () => wallMs);

/** The site's time now: a simulated site may run faster than the wall clock. */
export function useSiteNow(): number | undefined {
  const nowMs = useWallClock();
  const status = useReceived('status');
  if (!status) return undefined;
  return status.value.nowMs + Math.max(0, nowMs - status.receivedMs) * status.value.speed;
}
