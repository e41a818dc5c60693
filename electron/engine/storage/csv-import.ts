import type { PastMapping } from '#shared/contract/books.ts';
import { openCsv } from '#shared/csv.ts';
import { dayOf, instantOfAny } from '#shared/time.ts';
import { slices } from '#engine/system/breathe.ts';
import type { Disposal, Payout } from '#shared/ledger.ts';
import type { PastRow } from '#engine/accounting/past.ts';

export type Read<T> = { outcome: 'ok'; rows: T[] } | { outcome: 'refused'; message: string };

const refused = (message: string) => ({ outcome: 'refused' as const, message });

interface Table {
  number(row: readonly string[], name: string | undefined): number | undefined;
  text(row: readonly string[], name: string | undefined): string | undefined;
  rows: Iterable<string[]>;
}

function tableOf(text: string, needed: readonly string[]): Table | { outcome: 'refused'; message: string } {
  const { names, rows, decimalComma } = openCsv(text);
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined) return refused(`The file has no column "${missing}"; it has ${names.join(', ')}.`);
  const cell = (row: readonly string[], name: string | undefined) => {
    const value = name === undefined ? undefined : row[names.indexOf(name)];
    return value === undefined || value === '' ? undefined : value;
  };
  return {
    rows,
    text: cell,
    number(row, name) {
      const value = cell(row, name);
      const number = value === undefined ? Number.NaN : Number(decimalComma ? value.replace(',', '.') : value);
      return Number.isFinite(number) ? number : undefined;
    },
  };
}

const pastColumns = ['production', 'import', 'export', 'charge', 'discharge'] as const;

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Reads times of one zone; a day of 24 hours is looked up once, which is most of the work. */
function wallClockReader(timeZone: string): (value: string | undefined, afterMs?: number) => number | undefined {
  const days = new Map<string, number | undefined>();
  return (value, afterMs) => {
    const [, day, hours, minutes, seconds = '0'] = LOCAL.exec(value ?? '') ?? [];
    if (day === undefined) return instantOfAny(value, timeZone, afterMs);
    if (!days.has(day)) {
      const midnightMs = instantOfAny(`${day} 00:00`, timeZone);
      const span = midnightMs === undefined ? undefined : dayOf(midnightMs, timeZone);
      const plain = span?.startMs === midnightMs && span && span.endMs - span.startMs === 86_400_000;
      days.set(day, plain ? midnightMs : undefined);
    }
    const startMs = days.get(day);
    return startMs === undefined
      ? instantOfAny(value, timeZone, afterMs)
      : startMs + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  };
}

/** Reads in slices, with a turn for everything else between them. */
export async function readPastCsv(text: string, mapping: PastMapping, timeZone: string): Promise<Read<PastRow>> {
  const { unit, start, end, ...columns } = mapping;
  const needed = [
    start,
    ...(end === undefined ? [] : [end]),
    ...Object.values(columns).filter((name) => name !== undefined),
  ];
  const table = tableOf(text, needed);
  if ('outcome' in table) return table;
  const instantOf = wallClockReader(timeZone);
  const pause = slices();
  const rows: PastRow[] = [];
  const factor = unit.startsWith('k') ? 1000 : 1;
  /** What the row tells; its end may be known from the next one only. */
  const take = (row: readonly string[], startMs: number, endMs: number): string | undefined => {
    const past: PastRow = { startMs, endMs };
    for (const key of pastColumns) {
      const value = table.number(row, columns[key]);
      if (value === undefined) continue;
      if (value < 0)
        return `Row ${rows.length + 1}: ${key} is negative (${value}); give each direction its own column.`;
      past[key] = unit.endsWith('h') ? value * factor * 1000 : (value * factor * (endMs - startMs)) / 3600;
    }
    rows.push(past);
    return undefined;
  };
  let last: { row: readonly string[]; startMs: number } | undefined;
  let lastStepMs = 0;
  for (const row of table.rows) {
    await pause();
    const startMs = instantOf(table.text(row, start), last?.startMs);
    if (startMs === undefined) {
      const count = rows.length + (last ? 2 : 1);
      return refused(`Row ${count} has no usable time (${table.text(row, start) ?? 'empty'}).`);
    }
    if (last) {
      lastStepMs = startMs - last.startMs;
      const wrong = take(last.row, last.startMs, statedEnd(last) ?? startMs);
      if (wrong !== undefined) return refused(wrong);
    }
    last = { row, startMs };
  }
  // The last row lasts as long as the one before it.
  const wrong = last && take(last.row, last.startMs, statedEnd(last) ?? last.startMs + lastStepMs);
  return wrong === undefined ? { outcome: 'ok', rows } : refused(wrong);

  function statedEnd({ row, startMs }: NonNullable<typeof last>): number | undefined {
    return end === undefined || 'outcome' in table ? undefined : instantOf(table.text(row, end), startMs);
  }
}

/** Columns id, received, sats; optional source, feeSats, price (currency per bitcoin), priceSource, note. */
export async function readPayoutsCsv(text: string, timeZone: string): Promise<Read<Payout>> {
  const table = tableOf(text, ['id', 'received', 'sats']);
  if ('outcome' in table) return table;
  const rows: Payout[] = [];
  const pause = slices();
  for (const row of table.rows) {
    await pause();
    const id = table.text(row, 'id');
    const receivedMs = instantOfAny(table.text(row, 'received'), timeZone);
    const sats = table.number(row, 'sats');
    if (id === undefined || receivedMs === undefined || sats === undefined || sats <= 0 || !Number.isInteger(sats)) {
      return refused(`Row ${rows.length + 1} needs an id, a time and whole sats above 0.`);
    }
    const fee = table.number(row, 'feeSats');
    const perBitcoin = table.number(row, 'price');
    const note = table.text(row, 'note');
    rows.push({
      id,
      receivedMs,
      sats,
      source: table.text(row, 'source') ?? 'CSV',
      ...(fee === undefined ? {} : { feeSats: fee }),
      ...(perBitcoin === undefined
        ? {}
        : { price: { perBitcoin, source: table.text(row, 'priceSource') ?? 'CSV', atMs: receivedMs } }),
      ...(note === undefined ? {} : { note }),
    });
  }
  return { outcome: 'ok', rows };
}

/** Columns id, time, sats, proceeds; optional fee (both in the currency), note. @param digits behind the dot of the currency */
export async function readDisposalsCsv(text: string, timeZone: string, digits: number): Promise<Read<Disposal>> {
  const table = tableOf(text, ['id', 'time', 'sats', 'proceeds']);
  if ('outcome' in table) return table;
  const rows: Disposal[] = [];
  const minor = (value: number) => Math.round(value * 10 ** digits);
  const pause = slices();
  for (const row of table.rows) {
    await pause();
    const id = table.text(row, 'id');
    const atMs = instantOfAny(table.text(row, 'time'), timeZone);
    const sats = table.number(row, 'sats');
    const proceeds = table.number(row, 'proceeds');
    if (id === undefined || atMs === undefined || proceeds === undefined || sats === undefined || !(sats > 0)) {
      return refused(`Row ${rows.length + 1} needs an id, a time, sats above 0 and proceeds.`);
    }
    const note = table.text(row, 'note');
    rows.push({
      id,
      atMs,
      sats: Math.round(sats),
      proceedsMinor: minor(proceeds),
      feeMinor: minor(table.number(row, 'fee') ?? 0),
      ...(note === undefined ? {} : { note }),
    });
  }
  return { outcome: 'ok', rows };
}
