import type { Snapshot } from '#shared/control.ts';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { counterQuantities, countOn, type CounterQuantity, type CounterState } from '#engine/accounting/counters.ts';
import type { CounterCheck } from '#shared/ledger.ts';
import type { WritableDatabase } from './database.ts';

interface CounterRow {
  startMs: number;
  quantity: CounterQuantity;
  countedMwh: number;
  measuredMwh: number;
  reset: boolean;
}

/** By hour: what devices count by themselves, and what was measured in the same time. */
export interface Counters {
  add(rows: readonly CounterRow[]): void;
  between(fromMs: number, toMs: number): CounterCheck[];
  dropFrom(atMs: number): void;
}

const HOUR_MS = 3_600_000;
const hourOf = (atMs: number): number => Math.floor(atMs / HOUR_MS);

export function counterTable(db: WritableDatabase): Counters {
  const upsert = db.prepare<number[]>(
    `INSERT INTO counter (hour, quantity, counted, integrated, resets) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET counted = counted + excluded.counted, integrated = integrated + excluded.integrated,
     resets = resets + excluded.resets`,
  );
  const select = db.prepare<
    [number, number],
    { quantity: number; countedMwh: number; measuredMwh: number; resets: number }
  >(
    `SELECT quantity, sum(counted) AS countedMwh, sum(integrated) AS measuredMwh, sum(resets) AS resets
     FROM counter WHERE hour >= ? AND hour < ? GROUP BY quantity ORDER BY quantity`,
  );
  const drop = db.prepare<[number]>('DELETE FROM counter WHERE hour >= ?');
  return {
    add(rows) {
      for (const { startMs, quantity, countedMwh, measuredMwh, reset } of rows)
        upsert.run(hourOf(startMs), counterQuantities.indexOf(quantity), countedMwh, measuredMwh, reset ? 1 : 0);
    },
    between: (fromMs, toMs) =>
      select.all(hourOf(fromMs), Math.ceil(toMs / HOUR_MS)).flatMap(({ quantity, ...sums }) => {
        const name = counterQuantities[quantity];
        return name ? [{ quantity: name, ...sums }] : [];
      }),
    dropFrom: (atMs) => void drop.run(hourOf(atMs)),
  };
}

/** At the end of slots: how far each counter went on since it was last seen at such an end. */
export function compareCounters(
  before: Readonly<Record<string, CounterState>>,
  closed: readonly Slot[],
  snapshot: Snapshot,
): { counters: Record<string, CounterState>; rows: CounterRow[] } {
  const counters: Record<string, CounterState> = {};
  const rows: CounterRow[] = [];
  for (const quantity of counterQuantities) {
    const last = before[quantity];
    const now = snapshot[`${quantity}Total`];
    const measuredMwh = closed.reduce((sum, { flows }) => sum + (flows[quantity] ?? 0), last?.measuredMwh ?? 0);
    // A counter that is silent now is compared when it speaks again: it has counted on meanwhile.
    if (!now) {
      if (last) counters[quantity] = { ...last, measuredMwh };
      continue;
    }
    counters[quantity] = { atMs: now.atMs, wh: now.value, measuredMwh: 0 };
    if (!last) continue;
    const startMs = closed.at(-1)?.startMs ?? now.atMs;
    const { countedMwh, reset } = countOn({ ...last, measuredMwh }, now.value, now.atMs);
    const known = countedMwh === undefined ? { countedMwh: 0, measuredMwh: 0 } : { countedMwh, measuredMwh };
    rows.push({ startMs, quantity, ...known, reset });
  }
  return { counters, rows };
}
