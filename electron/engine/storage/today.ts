import type { Today } from '#shared/ledger.ts';
import { dayOf } from '#shared/time.ts';
import { proofOf } from '#engine/accounting/proof.ts';
import { sumRows, type LedgerRow } from '#engine/accounting/rollup.ts';
import type { Recorder } from './recorder.ts';
import { byLoadId, type Reports, type StoredRows } from './reports.ts';

export interface TodayView {
  today(nowMs: number): Today;
  /** Starts of the day by load. */
  starts(nowMs: number): Record<string, number>;
  forget(): void;
}

/** Today so far: the stored slots are read once per slot, only what waits or is under way is new each time. */
export function todayOf({
  query,
  record,
  given,
}: {
  query: Reports;
  record: Recorder;
  given: () => { timeZone: string };
}): TodayView {
  let known: { dayStartMs: number; written: number; rows: StoredRows; sum: LedgerRow } | undefined;

  const stored = (nowMs: number) => {
    const day = dayOf(nowMs, given().timeZone);
    if (known?.dayStartMs !== day.startMs || known.written !== record.writtenCount()) {
      const rows = query.rows(day, 'slot');
      known = { dayStartMs: day.startMs, written: record.writtenCount(), rows, sum: sumRows(rows.rows, day) };
    }
    return { day, ...known };
  };
  const withPending = (nowMs: number) => {
    const { day, rows, sum } = stored(nowMs);
    const all: StoredRows = {
      rows: [...rows.rows],
      byLoad: new Map([...rows.byLoad].map(([id, row]) => [id, { ...row, origin: { ...row.origin } }])),
      startsByLoad: new Map(rows.startsByLoad),
    };
    record.addPending(all, day, 'slot', given().timeZone);
    return { day, all, sum };
  };

  return {
    today(nowMs) {
      const { day, all, sum } = withPending(nowMs);
      const fresh = record.pending().flatMap(({ row }) => (row.startMs >= day.startMs ? [row] : []));
      const passed = { startMs: day.startMs, endMs: Math.max(day.startMs + 1, Math.min(nowMs, day.endMs)) };
      const total = { ...sumRows([sum, ...fresh], passed), endMs: day.endMs };
      return {
        dayStartMs: day.startMs,
        dayEndMs: day.endMs,
        sum: total,
        slots: all.rows,
        proof: proofOf(total.origin, total.flows.draw ?? 0, all.rows),
        byLoad: byLoadId(all),
      };
    },
    starts: (nowMs) => Object.fromEntries(withPending(nowMs).all.startsByLoad),
    forget: () => (known = undefined),
  };
}
