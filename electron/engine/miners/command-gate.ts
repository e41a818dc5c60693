import type { DeviceFault } from '#shared/device.ts';
import { backOffMs } from './back-off.ts';

/** A stop is tried again sooner than a start. */
const LONGEST_STOP_WAIT_MS = 15_000;

/** Commands that a load does not take are tried again, ever more slowly. */
export function commandGate(random: () => number) {
  let refused: { fault: DeviceFault; times: number; sinceMs: number; waitMs: number } | undefined;
  return {
    fault: () => refused?.fault,
    // Set back, the clock stands before the refusal: nobody waits for it to come round again.
    isOpen: (nowMs: number) => refused === undefined || Math.abs(nowMs - refused.sinceMs) >= refused.waitMs,
    clear: () => void (refused = undefined),
    /** @returns whether this is news */
    refuse(fault: DeviceFault, stop: boolean, nowMs: number): boolean {
      const isNews = refused?.fault.message !== fault.message;
      const times = (refused?.times ?? 0) + 1;
      const waitMs = backOffMs(times, random());
      refused = { fault, times, sinceMs: nowMs, waitMs: stop ? Math.min(waitMs, LONGEST_STOP_WAIT_MS) : waitMs };
      return isNews;
    },
  };
}
