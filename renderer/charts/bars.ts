import type { ReportRow } from '#shared/ledger.ts';
import type { Span } from '#shared/time.ts';
import type { Cells } from './cells.ts';
import { flowOf, type SeriesId } from './series.ts';
import { rowAt } from './stack.ts';
import type { Stretch } from './zoom.ts';

/** One energy a cell, mWh; null where none is known. */
type Bars = (number | null)[];

const covered = (rows: readonly ReportRow[], { startMs }: Span): ReportRow | undefined => {
  const row = rowAt(rows, startMs);
  return row && row.coverage > 0 ? row : undefined;
};

/** The energies of a series, cell by cell; a cell without a reading is a gap. */
export const barsOf = (cells: Cells, rows: readonly ReportRow[], series: SeriesId): Bars =>
  cells.map((cell) => {
    const row = covered(rows, cell);
    return (row && flowOf(row.flows, series)) ?? null;
  });

/** All series of each cell together. */
export const totalsOf = (cells: Cells, rows: readonly ReportRow[], series: readonly SeriesId[]): Bars =>
  cells.map((cell) => {
    const row = covered(rows, cell);
    return row ? series.reduce((sum, each) => sum + (flowOf(row.flows, each) ?? 0), 0) : null;
  });

export interface BarTick {
  /** Where it stands. */
  atMs: number;
  /** The cell that it names. */
  cellMs: number;
  /** It names a day of hours instead. */
  ofDay: boolean;
}

/** From so many days on they are named instead of their hours. */
const DAYS = 3;

/**
 * At most `most` ticks for a stretch of cells.
 * @param startsDay for hours: whether a cell is the first of its day
 */
export function barTicks(cells: Cells, shown: Stretch, most: number, startsDay?: (cell: Span) => boolean): BarTick[] {
  const inside = cells.filter(({ startMs, endMs }) => startMs >= shown.fromMs && endMs <= shown.toMs);
  const days = startsDay ? inside.filter(startsDay) : [];
  if (days.length >= DAYS) {
    return spread(days, most).map(({ startMs }) => ({ atMs: startMs, cellMs: startMs, ofDay: true }));
  }
  return spread(inside, most).map(({ startMs, endMs }) => ({
    atMs: (startMs + endMs) / 2,
    cellMs: startMs,
    ofDay: false,
  }));
}

function spread(cells: Cells, most: number): Cells {
  const step = Math.ceil(cells.length / most);
  return cells.filter((_, i) => i % step === 0);
}
