import { indexAt, type Cells } from './cells.ts';

/** A stretch of time, ms. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** The shortest stretch that still shows a shape: half an hour of slots, a quarter of a day's hours. */
const LEAST_CELLS = 6;

/** A wished stretch on whole cells and not too short; undefined where it is all of them. */
export function clampStretch(wished: Stretch, cells: Cells): Stretch | undefined {
  let from = indexAt(cells, Math.min(wished.fromMs, wished.toMs));
  let to = indexAt(cells, Math.max(wished.fromMs, wished.toMs) - 1);
  const lacks = LEAST_CELLS - (to - from + 1);
  if (lacks > 0) {
    from = Math.max(0, Math.min(from - Math.ceil(lacks / 2), cells.length - LEAST_CELLS));
    to = Math.min(cells.length - 1, from + LEAST_CELLS - 1);
  }
  if (from === 0 && to === cells.length - 1) return undefined;
  return { fromMs: cells[from]!.startMs, toMs: cells[to]!.endMs };
}

/** Nearer (`factor` < 1) or farther around an instant that stays where it is. */
export function zoomAround(now: Stretch, cells: Cells, atMs: number, factor: number): Stretch | undefined {
  return clampStretch({ fromMs: atMs - (atMs - now.fromMs) * factor, toMs: atMs + (now.toMs - atMs) * factor }, cells);
}

/** Minutes between ticks so that about `most` fit. */
export function tickMinutes({ fromMs, toMs }: Stretch, most: number): number {
  const steps = [5, 15, 30, 60, 120, 180, 360];
  return steps.find((minutes) => (toMs - fromMs) / 60_000 / minutes <= most) ?? 720;
}
