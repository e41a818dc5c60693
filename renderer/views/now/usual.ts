import type { ReportRow } from '#shared/ledger.ts';
import { dayOf } from '#shared/time.ts';
import { slotCells } from '../../charts/cells.ts';
import { meanPowerW, type Point } from '../../charts/stack.ts';

/** Fewer days tell nothing of what is usual. */
const LEAST_DAYS = 3;

/**
 * What the plant usually makes in the rest of a day, W: the mean of the same slot over the days before, null where too
 * few of them know it. Slots are counted from local midnight, so that the clock's change moves nothing.
 */
export function usualRest(
  rows: readonly ReportRow[],
  { fromMs, toMs, dayStartMs }: { fromMs: number; toMs: number; dayStartMs: number },
  timeZone: string,
): Point[] {
  const seen = new Map<number, number[]>();
  for (const row of rows) {
    const { production } = row.flows;
    if (row.coverage === 0 || production === undefined) continue;
    const offsetMs = row.startMs - dayOf(row.startMs, timeZone).startMs;
    seen.set(offsetMs, [...(seen.get(offsetMs) ?? []), meanPowerW(production, row)]);
  }
  return slotCells(fromMs, toMs).map(({ startMs, endMs }) => {
    const powers = seen.get(startMs - dayStartMs) ?? [];
    const known = powers.length >= LEAST_DAYS;
    return {
      x: (startMs + endMs) / 2,
      y: known ? powers.reduce((sum, power) => sum + power, 0) / powers.length : null,
    };
  });
}
