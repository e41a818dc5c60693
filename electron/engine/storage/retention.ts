import type { Retention } from '#shared/contract/books.ts';
import { monthOf } from '#shared/time.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { breathe } from '#engine/system/breathe.ts';
import type { WritableDatabase } from './database.ts';

/** What would go, or went. */
export interface Removed {
  /** Start of the month that holds the moment asked for: months stay whole. */
  beforeMs: number;
  slots: number;
}

/** Takes slots, their sums, marks and minutes before a month away for good; lots, payouts and disposals stay. */
export interface Removal {
  preview(beforeMs: number): Removed;
  remove(beforeMs: number): Promise<Removed>;
}

export const shipped: Retention = { rawHours: 48, minuteDays: 396 };

const ROWS_AT_ONCE = 500;
const MINUTE_MS = 60_000;

export function removal(db: WritableDatabase, timeZone: () => string, changed: () => void): Removal {
  const count = db.prepare<[number], number>('SELECT count(*) FROM slot WHERE slot < ?').pluck();
  const portion = (table: string, key: string) =>
    db.prepare<[{ before: number }]>(
      `DELETE FROM ${table} WHERE ${key} < :before AND ${key} <= (SELECT max(${key}) FROM
        (SELECT ${key} FROM ${table} WHERE ${key} < :before ORDER BY ${key} LIMIT ${ROWS_AT_ONCE}))`,
    );
  const tables = [
    { unit: SLOT_MS, portion: portion('slot_load', 'slot') },
    { unit: SLOT_MS, portion: portion('violation', 'slot') },
    { unit: SLOT_MS, portion: portion('slot', 'slot') },
    { unit: MINUTE_MS, portion: portion('minute', 'minute') },
    { unit: 1, portion: portion('command', 'at_ms') },
  ];
  const sums = ['rollup', 'rollup_load'].map((table) =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE start_ms < ?`),
  );
  const preview = (atMs: number): Removed => {
    const beforeMs = monthOf(atMs, timeZone()).startMs;
    return { beforeMs, slots: count.get(Math.floor(beforeMs / SLOT_MS)) ?? 0 };
  };
  return {
    preview,
    async remove(atMs) {
      const gone = preview(atMs);
      db.transaction(() => {
        for (const statement of sums) statement.run(gone.beforeMs);
      });
      for (const { unit, portion: statement } of tables) {
        while (statement.run({ before: Math.floor(gone.beforeMs / unit) }).changes > 0) await breathe();
      }
      changed();
      return gone;
    },
  };
}
