import type { Report, Resolution } from '#shared/ledger.ts';
import { dayOf, hourOf, monthOf, type Span } from '#shared/time.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { addLoadRow, noOrigin, sumRows, type LedgerRow, type LoadRow } from '#engine/accounting/rollup.ts';
import {
  addLoadCells,
  addLoadTo,
  loadColumns,
  loadFigures,
  moneyColumns,
  siteColumns,
  siteFigures,
  type Cell,
} from './columns.ts';
import type { ReadableDatabase } from './database.ts';
import type { NameTable } from './names.ts';
import { DAY, HOUR, type Basis, loadSums, MONTH, siteSums, slotsWithCurrency } from './rollups.ts';

/** A row of the ledger with how long its proof was missing. */
export interface StoredRow extends LedgerRow {
  unprovenMs: number;
}

export interface StoredRows {
  rows: StoredRow[];
  byLoad: Map<string, LoadRow>;
  startsByLoad: Map<string, number>;
}

export interface Reports {
  rows(span: Span, resolution: Resolution): StoredRows;
}

const kinds = { hour: HOUR, day: DAY, month: MONTH };
const bucketOf = { hour: hourOf, day: dayOf, month: monthOf };
const site = siteColumns.join(', ');
const load = loadColumns.join(', ');
// Money in another currency than the site's is unknown.
const slotSite = siteColumns
  .map((column) =>
    (moneyColumns as readonly string[]).includes(column)
      ? `CASE WHEN currency IS :currency THEN ${column} END`
      : column,
  )
  .join(', ');
/** Where a load's figures begin in a row: after its start and device. */
const LOAD_AT = 2;

/** Rows of a span: slots as they are, buckets from the rollups, and the cut buckets at its ends from slots. */
export function reports(
  db: ReadableDatabase,
  devices: NameTable,
  given: () => Basis & { siteCurrency: string },
): Reports {
  const slotRows = db
    .prepare<[Record<string, number | string>], Cell[]>(
      `SELECT slot * ${SLOT_MS}, (slot + 1) * ${SLOT_MS}, ${slotSite} FROM ${slotsWithCurrency}
       WHERE slot >= :first AND slot < :end ORDER BY slot`,
    )
    .raw();
  const slotLoads = raw(db, `SELECT slot * ${SLOT_MS}, device, ${load} FROM slot_load WHERE slot >= ? AND slot < ?`);
  const bucketRows = raw(
    db,
    `SELECT start_ms, end_ms, ${site} FROM rollup WHERE kind = ? AND start_ms >= ? AND end_ms <= ? ORDER BY start_ms`,
  );
  const bucketLoads = raw(
    db,
    `SELECT start_ms, device, ${load} FROM rollup_load WHERE kind = ? AND start_ms >= ? AND start_ms < ?`,
  );
  const cutRow = db
    .prepare<[Record<string, number | string>], Cell[]>(
      `SELECT 0, 0, ${siteSums('slot')} FROM ${slotsWithCurrency} WHERE slot >= :first AND slot < :end HAVING count(*) > 0`,
    )
    .raw();
  const cutLoads = raw(db, `SELECT 0, device, ${loadSums} FROM slot_load WHERE slot >= ? AND slot < ? GROUP BY device`);
  const slotsOf = (span: Span): [number, number] => [
    Math.ceil(span.startMs / SLOT_MS),
    Math.ceil(span.endMs / SLOT_MS),
  ];

  const collect = (result: StoredRows, siteRows: readonly Cell[][], loadRows: readonly Cell[][], foreign = false) => {
    const byStart = new Map<number, StoredRow>();
    for (const cells of siteRows) {
      const row = rowOf(cells);
      if (foreign) row.earnings = {};
      byStart.set(row.startMs, row);
      result.rows.push(row);
    }
    const sums = new Map<number, Cell[]>();
    for (const cells of loadRows) {
      const device = cells[1] ?? 0;
      const sum = sums.get(device);
      if (sum) addLoadCells(sum, cells, LOAD_AT);
      else sums.set(device, cells.slice());
      const row = byStart.get(cells[0] ?? 0);
      if (row) addLoadTo(row, cells, LOAD_AT);
    }
    for (const [device, cells] of sums) {
      const id = devices.keyOf(device);
      const { msat, starts, ...load } = loadFigures(cells, LOAD_AT);
      addLoadRow(result.byLoad, id, { ...load, estimatedMsat: msat });
      result.startsByLoad.set(id, (result.startsByLoad.get(id) ?? 0) + starts);
    }
  };
  /** A bucket cut by the end of the range: a month from its days, the rest from slots. */
  const cut = (result: StoredRows, span: Span, resolution: Resolution) => {
    if (resolution === 'month') {
      const { rows, byLoad, startsByLoad } = rowsOf(span, 'day');
      if (rows.length === 0) return;
      const unprovenMs = rows.reduce((sum, row) => sum + row.unprovenMs, 0);
      result.rows.push({ ...sumRows(rows, span), unprovenMs });
      for (const [id, row] of byLoad) addLoadRow(result.byLoad, id, row);
      for (const [id, starts] of startsByLoad) result.startsByLoad.set(id, (result.startsByLoad.get(id) ?? 0) + starts);
      return;
    }
    const [first, end] = slotsOf(span);
    const cells = cutRow.get({ first, end, currency: given().siteCurrency });
    if (!cells) return;
    const loads = cutLoads.all(first, end).map(([, ...rest]) => [span.startMs, ...rest]);
    collect(result, [[span.startMs, span.endMs, ...cells.slice(2)]], loads);
  };

  const rowsOf = (span: Span, resolution: Resolution): StoredRows => {
    const result: StoredRows = { rows: [], byLoad: new Map(), startsByLoad: new Map() };
    if (span.endMs <= span.startMs) return result;
    if (resolution === 'slot') {
      const range = slotsOf(span);
      collect(
        result,
        slotRows.all({ first: range[0], end: range[1], currency: given().siteCurrency }),
        slotLoads.all(...range),
      );
      return result;
    }
    const { timeZone } = given();
    const bucket = bucketOf[resolution];
    const head = bucket(span.startMs, timeZone);
    const tail = bucket(span.endMs - 1, timeZone);
    const wholeFrom = head.startMs === span.startMs ? span.startMs : Math.min(head.endMs, span.endMs);
    const wholeTo = tail.endMs === span.endMs ? span.endMs : Math.max(tail.startMs, wholeFrom);
    if (wholeFrom > span.startMs) cut(result, { startMs: span.startMs, endMs: wholeFrom }, resolution);
    if (wholeTo > wholeFrom) {
      const { base, currency, siteCurrency } = given();
      const kind = base + kinds[resolution];
      const range = [kind, wholeFrom, wholeTo];
      // Sums of the currency before are no money of this one.
      collect(result, bucketRows.all(...range), bucketLoads.all(...range), currency !== siteCurrency);
    }
    if (wholeTo < span.endMs) cut(result, { startMs: wholeTo, endMs: span.endMs }, resolution);
    return result;
  };
  return { rows: rowsOf };
}

export const byLoadId = ({ byLoad }: StoredRows): LoadRow[] =>
  [...byLoad.values()].toSorted((a, b) => (a.loadId < b.loadId ? -1 : 1));

/** @param rows of the database with what is not yet in it */
export function reportOf(rows: StoredRows, span: Span, resolution: Resolution): Report {
  return { resolution, sum: sumRows(rows.rows, span), rows: rows.rows, byLoad: byLoadId(rows) };
}

function raw(db: ReadableDatabase, sql: string) {
  return db.prepare<number[], Cell[]>(sql).raw();
}

function rowOf(cells: readonly Cell[]): StoredRow {
  const startMs = cells[0] ?? 0;
  const endMs = cells[1] ?? 0;
  const { coveredMs, unprovenMs, flows, money } = siteFigures(cells, 2);
  const coverage = Math.min(1, coveredMs / (endMs - startMs));
  return { startMs, endMs, coverage, coveredMs, unprovenMs, flows, origin: noOrigin(), earnings: money, starts: 0 };
}
