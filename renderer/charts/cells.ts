import type { Span } from '#shared/time.ts';

const SLOT_MS = 300_000;

/** The steps of a time axis, ascending, without a hole: slots of a day, hours of a week, months of a year. */
export type Cells = readonly Span[];

export function slotCells(fromMs: number, toMs: number): Span[] {
  const cells: Span[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += SLOT_MS) cells.push({ startMs, endMs: startMs + SLOT_MS });
  return cells;
}

/** The place of the cell that holds an instant; the first or last where none does. Cells must not be empty. */
export function indexAt(cells: Cells, atMs: number): number {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (cells[middle]!.startMs <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
