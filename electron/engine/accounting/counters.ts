import { z } from 'zod';

/** Energies that a device counts by itself, in the order in which they are stored. */
export const counterQuantities = ['production', 'import', 'export'] as const;
export type CounterQuantity = (typeof counterQuantities)[number];

/** Where a counter stood when it was last compared, and what the ledger has measured since, mWh. */
export const CounterState = z.object({ atMs: z.number(), wh: z.number(), measuredMwh: z.number() });
export type CounterState = z.infer<typeof CounterState>;

export interface CounterStep {
  /** Absent: what it shows now does not follow from what it showed. */
  countedMwh?: number;
  /** It fell or leapt: began anew, ran over, or is another device's. */
  reset: boolean;
}

// 32-bit registers in steps of 0.1 Wh to 1 kWh, and mechanical-style displays of four to seven digits of kWh.
const RANGES_WH = [0.1, 1, 10, 100, 1000]
  .map((step) => step * 2 ** 32)
  .concat([0.1, 1, 10, 100, 1000].map((step) => step * 2 ** 31))
  .concat([1e4, 1e5, 1e6, 1e7].map((kwh) => kwh * 1000));

// Compared slot by slot; what passed while nobody looked may be any amount.
const WATCHED_MS = 900_000;
// Counters of whole kilowatt-hours leap by one.
const COARSEST_WH = 1000;

/**
 * How far a counter went on, against what the ledger measured meanwhile. A fall is the end of the register's range or a new
 * beginning, whichever fits the measurement; where neither does, it is another counter, and the comparison begins anew.
 * @param wh what it shows now
 */
export function countOn(before: CounterState, wh: number, atMs: number): CounterStep {
  const measuredWh = before.measuredMwh / 1000;
  const watched = atMs - before.atMs <= WATCHED_MS;
  const mostWh = watched ? 4 * measuredWh + 5 * COARSEST_WH : Infinity;
  const stepWh = wh - before.wh;
  if (stepWh >= 0) {
    return stepWh <= mostWh ? { countedMwh: whole(stepWh), reset: false } : { reset: true };
  }
  const over = RANGES_WH.filter((rangeWh) => rangeWh > before.wh).map((rangeWh) => rangeWh - before.wh + wh);
  const nearest = [wh, ...over].reduce((best, each) =>
    Math.abs(each - measuredWh) < Math.abs(best - measuredWh) ? each : best,
  );
  const fits = nearest <= 4 * measuredWh + 5 * COARSEST_WH;
  return fits ? { countedMwh: whole(nearest), reset: true } : { reset: true };
}

const whole = (wh: number): number => Math.round(wh * 1000);
