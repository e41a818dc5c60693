import { dayOf, hourOf, monthOf, type Span as Stretch } from '#shared/time.ts';
import type { ReportRow, Resolution } from '#shared/ledger.ts';
import type { Span } from './period.ts';

const spanAt = { hour: hourOf, day: dayOf, month: monthOf } as const satisfies Record<
  Exclude<Resolution, 'slot'>,
  (atMs: number, timeZone: string) => Stretch
>;

/** Every hour, day or month of a period, with those that nothing is known of; of all time those that the ledger holds. */
export function cellsOf({ period, fromMs, toMs, resolution }: Span, rows: readonly ReportRow[], timeZone: string) {
  if (resolution === 'slot') return [];
  const first = period === 'all' ? (rows[0]?.startMs ?? fromMs) : fromMs;
  const end = period === 'all' ? (rows.at(-1)?.endMs ?? toMs) : toMs;
  const cells: Stretch[] = [];
  for (let atMs = first; atMs < end; atMs = cells.at(-1)!.endMs) cells.push(spanAt[resolution](atMs, timeZone));
  return cells;
}
