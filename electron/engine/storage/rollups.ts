import { z } from 'zod';
import { UNPROVEN_FROM_MS } from '#engine/accounting/proof.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { dayOf, hourOf, monthOf, type Span } from '#shared/time.ts';
import { energyColumns, loadColumns, moneyColumns, siteColumns, storedLoadColumns } from './columns.ts';
import type { WritableDatabase } from './database.ts';

const DROPPED_AT_ONCE = 500;

export const HOUR = 1;
export const DAY = 2;
export const MONTH = 3;

/** What the sums are of: days of a time zone, money of a currency. Two sets have room side by side, told by `base`. */
export const Basis = z.object({ timeZone: z.string(), currency: z.string(), base: z.number().int().default(0) });
export type Basis = z.infer<typeof Basis>;

export interface Rollups {
  /** Recomputes the hours, days and months that hold any of these moments from the slots. */
  refresh(moments: readonly number[]): void;
  /** Makes all sums anew, a day in each step. */
  rebuild(): Generator<void>;
  /** Drops all sums, some hundred in each step. */
  drop(): Generator<void>;
}

/**
 * Sums of the site columns of slots (or rollups) that the caller's FROM … WHERE picks. Money is absent as soon as one row
 * lacks it or is in another currency.
 */
export function siteSums(from: 'slot' | 'rollup'): string {
  const money = (column: string) =>
    from === 'slot'
      ? `CASE WHEN count(${column}) = count(*) AND min(currency IS :currency) = 1 THEN sum(${column}) END`
      : `CASE WHEN count(${column}) = count(*) THEN sum(${column}) END`;
  return [
    'sum(covered_ms)',
    'sum(unproven_ms)',
    ...energyColumns.map((column) => `sum(${column})`),
    'sum(curtailed)',
    'CASE WHEN count(curtailed_plus_minus) = count(curtailed) THEN sum(curtailed_plus_minus) END',
    'max(curtailed_method)',
    // Unknown where it is in every row of them.
    'CASE WHEN count(draw_unknown) = count(*) THEN 1 END',
    'max(late_price)',
    ...moneyColumns.map(money),
  ].join(', ');
}

/** In the order of loadColumns. */
export const loadSums: string = loadColumns.map((column) => `sum(${column})`).join(', ');

const storedSums = storedLoadColumns.map((column) => `sum(${column})`).join(', ');

/** A slot without a market row has no prices at all; its currency does not matter. */
export const slotsWithCurrency = 'slot LEFT JOIN (SELECT id, currency FROM market) ON id = market';

export function rollups(db: WritableDatabase, { timeZone, currency, base }: Basis): Rollups {
  const columns = siteColumns.join(', ');
  const replace = `INSERT OR REPLACE INTO rollup (kind, start_ms, end_ms, slots, unproven_slots, ${columns})`;
  const replaceLoads = `INSERT OR REPLACE INTO rollup_load (kind, start_ms, device, ${storedLoadColumns.join(', ')})`;
  const key = ':kind, :startMs, :endMs';
  const fromSlots = db.prepare<[Record<string, string | number>]>(
    `${replace} SELECT ${key}, count(*), sum(unproven_ms >= ${UNPROVEN_FROM_MS}), ${siteSums('slot')}
     FROM ${slotsWithCurrency} WHERE slot >= :first AND slot < :end HAVING count(*) > 0`,
  );
  const loadsFromSlots = db.prepare<[Record<string, string | number>]>(
    `${replaceLoads} SELECT :kind, :startMs, device, ${storedSums}
     FROM slot_load WHERE slot >= :first AND slot < :end GROUP BY device`,
  );
  const fromDays = db.prepare<[Record<string, string | number>]>(
    `${replace} SELECT ${base + MONTH}, :startMs, :endMs, sum(slots), sum(unproven_slots), ${siteSums('rollup')}
     FROM rollup WHERE kind = ${base + DAY} AND start_ms >= :startMs AND start_ms < :endMs HAVING count(*) > 0`,
  );
  const loadsFromDays = db.prepare<[Record<string, string | number>]>(
    `${replaceLoads} SELECT ${base + MONTH}, :startMs, device, ${storedSums}
     FROM rollup_load WHERE kind = ${base + DAY} AND start_ms >= :startMs AND start_ms < :endMs GROUP BY device`,
  );
  const drops = ['rollup', 'rollup_load'].flatMap((table) =>
    [HOUR, DAY, MONTH].map((kind) =>
      db.prepare<[]>(`DELETE FROM ${table} WHERE kind = ${base + kind} AND start_ms IN
        (SELECT start_ms FROM ${table} WHERE kind = ${base + kind} LIMIT ${DROPPED_AT_ONCE})`),
    ),
  );
  const nextSlot = db.prepare<[number], number>('SELECT slot FROM slot WHERE slot >= ? ORDER BY slot LIMIT 1').pluck();

  const small = (kind: number, { startMs, endMs }: Span) => {
    const range = { first: Math.floor(startMs / SLOT_MS), end: Math.ceil(endMs / SLOT_MS) };
    fromSlots.run({ kind: base + kind, startMs, endMs, ...range, currency });
    loadsFromSlots.run({ kind: base + kind, startMs, ...range });
  };
  const month = ({ startMs, endMs }: Span) => {
    fromDays.run({ startMs, endMs });
    loadsFromDays.run({ startMs, endMs });
  };
  const spansOf = (moments: readonly number[], spanOf: (atMs: number, zone: string) => Span): Span[] => [
    ...new Map(moments.map((atMs) => spanOf(atMs, timeZone)).map((span) => [span.startMs, span])).values(),
  ];
  const refresh = (moments: readonly number[]) => {
    const days = spansOf(moments, dayOf);
    for (const span of spansOf(moments, hourOf)) small(HOUR, span);
    for (const span of days) small(DAY, span);
    const starts = days.map(({ startMs }) => startMs);
    for (const span of spansOf(starts, monthOf)) month(span);
  };
  return {
    refresh,
    *rebuild() {
      let slot = nextSlot.get(0);
      while (slot !== undefined) {
        const day = dayOf(slot * SLOT_MS, timeZone);
        const hours: number[] = [];
        for (let atMs = day.startMs; atMs < day.endMs; atMs = hourOf(atMs, timeZone).endMs) hours.push(atMs);
        refresh(hours);
        yield;
        slot = nextSlot.get(Math.ceil(day.endMs / SLOT_MS));
      }
    },
    *drop() {
      for (const statement of drops) while (statement.run().changes > 0) yield;
    },
  };
}
