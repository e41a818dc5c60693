import { UNKNOWN } from '../../i18n/formats.ts';
import { SLOW_MS } from '../../shell/freshness.tsx';
import type { Streams } from '../../link/link.ts';

type Live = Streams['live'];
export type Quantity = Exclude<keyof Live['snapshot'], 'loads'>;

/** A value as it may be shown: fresh, old with its age, or unknown with the age of the silence. */
export interface Shown {
  value: number | undefined;
  state: 'live' | 'stale' | 'unknown';
  ageMs?: number;
  /** The engine's word on why it is missing. */
  problem?: string;
}

const unknown: Shown = { value: undefined, state: 'unknown' };

/** @param nowMs site time */
export function shownQuantity(live: Live | undefined, quantity: Quantity, nowMs: number): Shown {
  if (!live) return unknown;
  const timed = live.snapshot[quantity];
  if (timed && typeof timed.value === 'number') return fromReading(timed.value, nowMs - timed.atMs);
  const problem = live.problems.find((each) => each.quantity === quantity);
  return {
    ...unknown,
    ...(problem && { problem: problem.message }),
    ...(problem?.ageMs !== undefined && { ageMs: problem.ageMs }),
  };
}

function fromReading(value: number, ageMs: number): Shown {
  return ageMs > SLOW_MS ? { value, state: 'stale', ageMs } : { value, state: 'live' };
}

/** A figure that the engine derives; it has no age of its own. */
export function shownFigure(value: number | undefined): Shown {
  return value === undefined ? unknown : { value, state: 'live' };
}

export const text = (shown: Shown, format: (value: number) => string): string =>
  shown.value === undefined ? UNKNOWN : format(shown.value);
