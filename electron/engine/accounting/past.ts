import type { Slot } from './close-slot.ts';
import { apportion } from './apportion.ts';
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

/**
 * Slots without loads from rows of 5 minutes to an hour; energies sum to the rows' exactly. Demand is what is left.
 * @returns the row that cannot be used, instead
 */
export function slotsOfPast(
  rows: readonly PastRow[],
): { outcome: 'ok'; slots: Slot[] } | { outcome: 'refused'; row: number; message: string } {
  const slots: Slot[] = [];
  const seen = new Set<number>();
  for (const [i, row] of rows.entries()) {
    const { startMs, endMs } = row;
    const refuse = (message: string) => ({ outcome: 'refused' as const, row: i + 1, message });
    if (slotStartOf(startMs) !== startMs || slotStartOf(endMs) !== endMs)
      return refuse('it does not begin and end on five minutes');
    if (endMs <= startMs || endMs - startMs > LONGEST_ROW_MS)
      return refuse('it lasts longer than an hour, or less than nothing');
    const count = (endMs - startMs) / SLOT_MS;
    const spread = columns.map((key) =>
      apportion(
        Math.round(row[key] ?? 0),
        Array.from({ length: count }, () => 1),
      ),
    );
    const complete = row.production !== undefined && row.import !== undefined && row.export !== undefined;
    for (let n = 0; n < count; n += 1) {
      const at = startMs + n * SLOT_MS;
      if (seen.has(at)) return refuse('another row is of the same time');
      seen.add(at);
      const [production = 0, imported = 0, exported = 0, charge = 0, discharge = 0] = spread.map((part) => part[n]);
      const rest = production + imported + discharge - exported - charge;
      const demand = complete ? Math.max(0, rest) : 0;
      slots.push({
        startMs: at,
        coveredMs: complete ? SLOT_MS : 0,
        unprovenMs: 0,
        flows: {
          production,
          import: imported,
          export: exported,
          charge,
          discharge,
          demand,
          draw: 0,
          residual: rest - demand,
        },
        loads: {},
        money: {
          minedMicro: 0,
          forgoneExportMicro: 0,
          importCostMicro: 0,
          batteryCostMicro: 0,
          paidExportAvoidedMicro: 0,
          earningsMicro: 0,
        },
      });
    }
  }
  return { outcome: 'ok', slots };
}
