import type { Flows } from '#shared/ledger.ts';
import type { Slot } from './close-slot.ts';
import { apportion } from './apportion.ts';
import { residualOf } from './residual.ts';
import { SLOT_MS, slotStartOf } from './open-slot.ts';

/** One row of an owner's own records: energies of a stretch in mWh; absent: not recorded. */
export interface PastRow {
  startMs: number;
  endMs: number;
  production?: number;
  import?: number;
  export?: number;
  charge?: number;
  discharge?: number;
}

const columns = ['production', 'import', 'export', 'charge', 'discharge'] as const;
/** A row is spread evenly; over more than an hour that would be invention. */
const LONGEST_ROW_MS = 3_600_000;

/** @returns the first row that cannot be used, counted from 1, and why */
export function wrongPastRow(rows: readonly PastRow[]): { row: number; message: string } | undefined {
  for (const [i, { startMs, endMs }] of rows.entries()) {
    const wrong = (message: string) => ({ row: i + 1, message });
    if (slotStartOf(startMs) !== startMs || slotStartOf(endMs) !== endMs)
      return wrong('it does not begin and end on five minutes');
    if (endMs <= startMs || endMs - startMs > LONGEST_ROW_MS)
      return wrong('it lasts longer than an hour, or less than nothing');
  }
  // Nearly every file is in order, and sorting a million rows takes long.
  if (rows.every(({ startMs }, i) => startMs >= (rows[i - 1]?.endMs ?? -Infinity))) return undefined;
  const order = rows.map(({ startMs, endMs }, i) => ({ startMs, endMs, i }));
  order.sort((a, b) => a.startMs - b.startMs || a.i - b.i);
  const twice = order.find(({ startMs }, n) => startMs < (order[n - 1]?.endMs ?? -Infinity));
  return twice && { row: twice.i + 1, message: 'another row is of the same time' };
}

/** Slots without loads from rows that are right; energies sum to the rows' exactly. Demand is what is left. */
export const slotsOfPast = (rows: readonly PastRow[]): Slot[] => rows.flatMap(slotsOfRow);

function slotsOfRow(row: PastRow): Slot[] {
  const count = (row.endMs - row.startMs) / SLOT_MS;
  const evenly = Array.from({ length: count }, () => 1);
  const spread = columns.flatMap((key) => {
    const total = row[key];
    return total === undefined ? [] : [[key, apportion(Math.round(total), evenly)] as const];
  });
  const complete = row.production !== undefined && row.import !== undefined && row.export !== undefined;
  return evenly.map((_, n) => {
    const known = Object.fromEntries(spread.map(([key, parts]) => [key, parts[n]]));
    const flows: Flows = { ...known, draw: 0, residual: 0 };
    if (complete) flows.demand = Math.max(0, residualOf(flows));
    flows.residual = residualOf(flows);
    return {
      startMs: row.startMs + n * SLOT_MS,
      coveredMs: complete ? SLOT_MS : 0,
      unprovenMs: 0,
      flows,
      loads: {},
      money: {
        minedMicro: 0,
        forgoneExportMicro: 0,
        importCostMicro: 0,
        batteryCostMicro: 0,
        paidExportAvoidedMicro: 0,
        earningsMicro: 0,
      },
    };
  });
}
