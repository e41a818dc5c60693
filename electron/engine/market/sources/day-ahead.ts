import type { DayAheadSource, PricePoint } from '#shared/market.ts';
import { instantOfWallClock } from '#shared/time.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';

export type PricesResult = { outcome: 'ok'; points: PricePoint[] } | Failed;

const HOUR_MS = 3_600_000;
/** Day-ahead markets settle by the hour or the quarter hour; a longer step is a hole. */
const LONGEST_STEP_MS = HOUR_MS;

/** @param value parsed JSON; `source` says where its rows, starts and prices are */
export function pricesFromJson(value: unknown, source: DayAheadSource, timeZone: string): PricesResult {
  const rows = at(value, source.rows);
  if (!Array.isArray(rows))
    return failed('garbage', `there is no list at "${source.rows}"; check the path to the rows`);
  return pointsOf(
    rows.map((row: unknown) => ({ start: at(row, source.start), price: at(row, source.price) })),
    source.perKwh,
    timeZone,
  );
}

/** @param text comma, semicolon or tab between columns, names in the first line */
export function pricesFromCsv(
  text: string,
  columns: { start: string; price: string; perKwh: number },
  timeZone: string,
): PricesResult {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const separator = [';', '\t', ','].find((candidate) => lines[0]?.includes(candidate)) ?? ',';
  const cellsOf = (line: string) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const names = cellsOf(lines[0] ?? '');
  const start = names.indexOf(columns.start);
  const price = names.indexOf(columns.price);
  if (start < 0 || price < 0) {
    return failed(
      'garbage',
      `the file has no column "${start < 0 ? columns.start : columns.price}"; it has ${names.join(', ')}`,
    );
  }
  const rows = lines.slice(1).map(cellsOf);
  // 12,3 in a file that separates by semicolon is a decimal comma.
  const number = (cell: string | undefined) => (separator === ',' ? cell : cell?.replace(',', '.'));
  return pointsOf(
    rows.map((cells) => ({ start: cells[start], price: number(cells[price]) })),
    columns.perKwh,
    timeZone,
  );
}

function pointsOf(rows: readonly { start: unknown; price: unknown }[], perKwh: number, timeZone: string): PricesResult {
  const points: { startMs: number; perKwh: number }[] = [];
  for (const [i, row] of rows.entries()) {
    const startMs = instantOf(row.start, timeZone, points.at(-1)?.startMs);
    const price = typeof row.price === 'number' ? row.price : Number.parseFloat(String(row.price));
    if (startMs === undefined || !Number.isFinite(price)) {
      return failed('garbage', `row ${i + 1} has no usable time or price (${String(row.start)}, ${String(row.price)})`);
    }
    // 54.2 per MWh is 0.0542 per kWh and not a hair more.
    points.push({ startMs, perKwh: Number((price * perKwh).toFixed(9)) });
  }
  points.sort((a, b) => a.startMs - b.startMs);
  const steps = points.slice(1).map((point, i) => point.startMs - (points[i]?.startMs ?? 0));
  if (steps.includes(0))
    return failed('garbage', 'two rows have the same time; give times with their offset or as epoch');
  const usual = Math.min(LONGEST_STEP_MS, ...steps);
  return {
    outcome: 'ok',
    points: points.map(({ startMs, perKwh: price }, i) => ({
      startMs,
      endMs: startMs + Math.min(steps[i] ?? usual, LONGEST_STEP_MS),
      perKwh: price,
    })),
  };
}

/** Epoch seconds or ms, ISO 8601 with offset, or a bare local time, where the doubled hour is told by its order. */
function instantOf(value: unknown, timeZone: string, afterMs: number | undefined): number | undefined {
  if (typeof value === 'number' || /^\d{10,13}$/.test(String(value))) {
    const number = Number(value);
    return number < 1e11 ? number * 1000 : number;
  }
  if (typeof value !== 'string') return undefined;
  if (/(Z|[+-]\d\d:?\d\d)$/.test(value)) {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  return instantOfWallClock(value, timeZone, afterMs);
}

const at = (value: unknown, path: string): unknown =>
  path === ''
    ? value
    : path
        .split('.')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | null | undefined)?.[key], value);
