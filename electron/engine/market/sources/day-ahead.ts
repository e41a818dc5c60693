import type { DayAheadSource, PricePoint } from '#shared/market.ts';
import { parseCsv } from '#shared/csv.ts';
import { instantOfAny } from '#shared/time.ts';
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
  const { names, rows, decimalComma } = parseCsv(text);
  const start = names.indexOf(columns.start);
  const price = names.indexOf(columns.price);
  if (start < 0 || price < 0) {
    const missing = start < 0 ? columns.start : columns.price;
    return failed('garbage', `the file has no column "${missing}"; it has ${names.join(', ')}`);
  }
  const number = (cell: string | undefined) => (decimalComma ? cell?.replace(',', '.') : cell);
  return pointsOf(
    rows.map((cells) => ({ start: cells[start], price: number(cells[price]) })),
    columns.perKwh,
    timeZone,
  );
}

function pointsOf(rows: readonly { start: unknown; price: unknown }[], perKwh: number, timeZone: string): PricesResult {
  const points: { startMs: number; perKwh: number }[] = [];
  for (const [i, row] of rows.entries()) {
    const startMs = instantOfAny(row.start, timeZone, points.at(-1)?.startMs);
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

const at = (value: unknown, path: string): unknown =>
  path === ''
    ? value
    : path
        .split('.')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | null | undefined)?.[key], value);
