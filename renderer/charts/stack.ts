import type { ReportRow } from '#shared/ledger.ts';
import { flowOf, type SeriesId } from './series.ts';

/** `y` is null in a gap: areas are never joined over one. */
export interface Point {
  x: number;
  y: number | null;
}
export interface Band {
  series: SeriesId;
  /** Upper edge of the band, W. */
  points: Point[];
  /** Per point: the band has no height here, so its edge is not drawn. */
  flat: boolean[];
}

/** Mean power of a row, W. @param mwh milliwatt-hours */
export const meanPowerW = (mwh: number, { startMs, endMs }: ReportRow): number => (mwh * 3600) / (endMs - startMs);

const covered = (row: ReportRow) => row.coverage > 0;

/**
 * Bands of an area chart, stacked from the ground up, one point in the middle of each slot. Every run of covered slots
 * reaches from the start of its first to the end of its last.
 */
export function stackAreas(rows: readonly ReportRow[], series: readonly SeriesId[]): Band[] {
  const bands = series.map((each): Band => ({ series: each, points: [], flat: [] }));
  const push = (x: number, heights: readonly (number | undefined)[] | undefined) => {
    let sum = 0;
    bands.forEach((band, i) => {
      const height = heights?.[i] ?? 0;
      sum += height;
      band.points.push({ x, y: heights ? sum : null });
      band.flat.push(height <= 0);
    });
  };
  rows.forEach((row, i) => {
    if (!covered(row)) return push(row.startMs, undefined);
    const before = rows[i - 1];
    const after = rows[i + 1];
    const heights = series.map((each) => {
      const mwh = flowOf(row.flows, each);
      return mwh === undefined ? undefined : meanPowerW(mwh, row);
    });
    const joinsBefore = before && covered(before) && before.endMs === row.startMs;
    const joinsAfter = after && covered(after) && after.startMs === row.endMs;
    if (before && !joinsBefore && covered(before)) push(row.startMs, undefined);
    if (!joinsBefore) push(row.startMs, heights);
    push((row.startMs + row.endMs) / 2, heights);
    if (!joinsAfter) push(row.endMs, heights);
  });
  return bands;
}

/** The upper edge of all series together, moved in time: another day to compare with. */
export function outlineOf(rows: readonly ReportRow[], series: readonly SeriesId[], byMs: number): Point[] {
  const top = stackAreas(rows, series).at(-1);
  return top?.points.map(({ x, y }) => ({ x: x + byMs, y })) ?? [];
}

/** The row that holds an instant. Rows ascend. */
export function rowAt(rows: readonly ReportRow[], atMs: number): ReportRow | undefined {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (atMs < row.startMs) high = middle - 1;
    else if (atMs >= row.endMs) low = middle + 1;
    else return row;
  }
  return undefined;
}
