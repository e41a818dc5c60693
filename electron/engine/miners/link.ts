import type { DeviceFault, DeviceHealth } from '#shared/device.ts';
import { backOffMs } from './back-off.ts';

/** How talking to one device goes: successes, failures in a row, and when to try again. */
export interface Link {
  sinceMs: number;
  failures: number;
  atMs?: number;
  roundTripMs?: number;
  fault?: DeviceFault;
  nextTryMs?: number;
  /** The last outcomes, true is ok. */
  outcomes: readonly boolean[];
}

const WINDOW = 50;
/** One lost answer is no loss of the device. */
const LOST_AFTER = 3;
const SLOW_MS = 2000;
const STALE_MS = 30_000;

export const newLink = (nowMs: number): Link => ({ sinceMs: nowMs, failures: 0, outcomes: [] });

export function linkWorked(link: Link, atMs: number, roundTripMs: number): Link {
  const sinceMs = link.failures >= LOST_AFTER || link.atMs === undefined ? atMs : link.sinceMs;
  return { sinceMs, failures: 0, atMs, roundTripMs, outcomes: [...link.outcomes, true].slice(-WINDOW) };
}

export function linkFailed(link: Link, fault: DeviceFault, nowMs: number, random: number): Link {
  const failures = link.failures + 1;
  return {
    ...link,
    sinceMs: failures === LOST_AFTER ? nowMs : link.sinceMs,
    failures,
    fault,
    nextTryMs: nowMs + backOffMs(failures, random),
    outcomes: [...link.outcomes, false].slice(-WINDOW),
  };
}

export const isLost = (link: Link): boolean => link.failures >= LOST_AFTER;

export function linkHealth(
  link: Link,
  pollMs: number,
  nowMs: number,
): Pick<DeviceHealth, 'status' | 'ageMs' | 'sinceMs' | 'nextTryMs' | 'fault' | 'roundTripMs' | 'errorPercent'> {
  const ageMs = link.atMs === undefined ? undefined : nowMs - link.atMs;
  const failed = link.outcomes.filter((ok) => !ok).length;
  return {
    status: statusOf(link, ageMs, pollMs),
    ...(ageMs === undefined ? {} : { ageMs }),
    sinceMs: link.sinceMs,
    ...(link.nextTryMs === undefined ? {} : { nextTryMs: link.nextTryMs }),
    ...(link.fault === undefined ? {} : { fault: link.fault }),
    ...(link.roundTripMs === undefined ? {} : { roundTripMs: link.roundTripMs }),
    ...(link.outcomes.length === 0 ? {} : { errorPercent: (100 * failed) / link.outcomes.length }),
  };
}

function statusOf(link: Link, ageMs: number | undefined, pollMs: number): DeviceHealth['status'] {
  if (isLost(link)) return 'failing';
  if (ageMs === undefined) return link.failures > 0 ? 'failing' : 'connecting';
  if (ageMs > Math.max(STALE_MS, 3 * pollMs)) return 'stale';
  return (link.roundTripMs ?? 0) > SLOW_MS ? 'slow' : 'live';
}
