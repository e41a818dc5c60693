import { UNPROVEN_FROM_MS } from '#engine/accounting/proof.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { dayOf, hourOf, monthOf, type Span } from '#shared/time.ts';
import { energyColumns, loadColumns, moneyColumns, siteColumns, storedLoadColumns } from './columns.ts';
import type { WritableDatabase } from './database.ts';

export const HOUR = 1;
export const DAY = 2;
export const MONTH = 3;

export interface Rollups {
  /** Recomputes the hour, day and month that hold `atMs` from the slots. */
  refresh(atMs: number): void;
  /** Recomputes everything: another time zone or currency, an import, a simulated day begun anew. */
  rebuild(): void;
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
    'sum(curtailed_plus_minus)',
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

export function rollups(db: WritableDatabase, given: () => { timeZone: string; currency: string }): Rollups {
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
    `${replace} SELECT ${MONTH}, :startMs, :endMs, sum(slots), sum(unproven_slots), ${siteSums('rollup')}
     FROM rollup WHERE kind = ${DAY} AND start_ms >= :startMs AND start_ms < :endMs HAVING count(*) > 0`,
  );
  const loadsFromDays = db.prepare<[Record<string, string | number>]>(
    `${replaceLoads} SELECT ${MONTH}, :startMs, device, ${storedSums}
     FROM rollup_load WHERE kind = ${DAY} AND start_ms >= :startMs AND start_ms < :endMs GROUP BY device`,
  );
  const dropAll = ['rollup', 'rollup_load'].map((table) => db.prepare<[]>(`DELETE FROM ${table}`));
  const nextSlot = db.prepare<[number], number>('SELECT slot FROM slot WHERE slot >= ? ORDER BY slot LIMIT 1').pluck();

  const small = (kind: number, { startMs, endMs }: Span) => {
    const range = { first: Math.floor(startMs / SLOT_MS), end: Math.ceil(endMs / SLOT_MS) };
    fromSlots.run({ kind, startMs, endMs, ...range, currency: given().currency });
    loadsFromSlots.run({ kind, startMs, ...range });
  };
  const month = ({ startMs, endMs }: Span) => {
    fromDays.run({ startMs, endMs });
    loadsFromDays.run({ startMs, endMs });
  };
  return {
    refresh(atMs) {
      const { timeZone } = given();
      small(HOUR, hourOf(atMs, timeZone));
      small(DAY, dayOf(atMs, timeZone));
      month(monthOf(atMs, timeZone));
    },
    rebuild() {
      const { timeZone } = given();
      for (const drop of dropAll) drop.run();
      let lastMonth: Span | undefined;
      let slot = nextSlot.get(0);
      while (slot !== undefined) {
        const atMs = slot * SLOT_MS;
        const hour = hourOf(atMs, timeZone);
        small(HOUR, hour);
        lastMonth ??= monthOf(atMs, timeZone);
        const next = nextSlot.get(Math.ceil(hour.endMs / SLOT_MS));
        const day = dayOf(atMs, timeZone);
        if (next === undefined || next * SLOT_MS >= day.endMs) {
          small(DAY, day);
          if (next === undefined || next * SLOT_MS >= lastMonth.endMs) {
            month(lastMonth);
            lastMonth = undefined;
          }
        }
        slot = next;
      }
    },
  };
}
