import type { Origin, Proof } from '#shared/ledger.ts';

/** Shown with two decimals of a kWh, less than this is 0.00. */
const SHOWN_AS_ZERO_MWH = 5000;
/** EXPERIENCE.md 3.1: a trace is up to 0.05 kWh or 1 % of what was drawn. */
const TRACE_MWH = 50_000;
const TRACE_SHARE = 0.01;
/** One lost reading in a slot of 300 s proves as little and as much as none. */
export const UNPROVEN_FROM_MS = 3000;

/** @param origin sum of the day @param slots with how long the proof was missing while a load may have drawn, ms */
export function proofOf(origin: Origin, drawMwh: number, slots: readonly { unprovenMs: number }[]): Proof {
  const unprovenSlots = slots.filter(({ unprovenMs }) => unprovenMs >= UNPROVEN_FROM_MS).length;
  const { gridFed, boostFed } = origin;
  const counts = { gridFed, boostGridFed: boostFed, slots: slots.length, unprovenSlots };
  if (gridFed > Math.max(TRACE_MWH, drawMwh * TRACE_SHARE)) return { look: 'breach', ...counts };
  if (unprovenSlots > 0) return { look: 'unproven', ...counts };
  return { look: gridFed >= SHOWN_AS_ZERO_MWH ? 'trace' : 'proven', ...counts };
}
