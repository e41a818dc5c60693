import type { MarketNow } from '#shared/control.ts';
import type { Violation } from '#shared/ledger.ts';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { loadCells, loadColumns, siteCells, siteColumns, type Cell } from './columns.ts';
import type { WritableDatabase } from './database.ts';
import type { NameTable } from './names.ts';

export interface Slots {
  /** A slot written again (a clock set back, an import) adds to what is there. */
  add(slot: Slot, market: MarketNow, currency: string): void;
  violations(fromMs: number, toMs: number): Violation[];
  span(): { firstMs: number; endMs: number } | undefined;
  dropFrom(atMs: number): void;
}

const slotOf = (atMs: number): number => Math.floor(atMs / SLOT_MS);

export function slots(db: WritableDatabase, devices: NameTable): Slots {
  const marketId = marketRows(db);
  const insertSlot = db.prepare<Cell[]>(upsert('slot', ['slot', 'market'], siteColumns, ['slot']));
  const insertLoad = db.prepare<Cell[]>(upsert('slot_load', ['slot', 'device'], loadColumns, ['slot', 'device']));
  const insertViolation = db.prepare<[number, number, number, string]>(
    `INSERT INTO violation (slot, device, grid_fed, cause) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET grid_fed = grid_fed + excluded.grid_fed`,
  );
  const selectViolations = db.prepare<
    [number, number],
    { slot: number; device: number; grid_fed: number; cause: string }
  >('SELECT slot, device, grid_fed, cause FROM violation WHERE slot >= ? AND slot < ? ORDER BY slot, device');
  const span = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT min(slot) AS first, max(slot) AS last FROM slot',
  );
  const drops = ['slot', 'slot_load', 'violation'].map((table) =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE slot >= ?`),
  );
  return {
    add(slot, market, currency) {
      const number = slotOf(slot.startMs);
      insertSlot.run(number, marketId(slot.startMs, market, currency), ...siteCells(slot));
      for (const [id, load] of Object.entries(slot.loads)) {
        const device = devices.idOf(id);
        insertLoad.run(number, device, ...loadCells(load));
        if (load.origin.gridFed > 0) {
          insertViolation.run(number, device, load.origin.gridFed, load.cause ?? 'unknown');
        }
      }
    },
    violations: (fromMs, toMs) =>
      selectViolations.all(slotOf(fromMs), Math.ceil(toMs / SLOT_MS)).map(({ slot, device, grid_fed, cause }) => ({
        startMs: slot * SLOT_MS,
        endMs: (slot + 1) * SLOT_MS,
        gridFed: grid_fed,
        cause,
        loadId: devices.keyOf(device),
      })),
    span() {
      const { first, last } = span.get() ?? { first: null, last: null };
      return first === null || last === null ? undefined : { firstMs: first * SLOT_MS, endMs: (last + 1) * SLOT_MS };
    },
    dropFrom: (atMs) => drops.forEach((drop) => drop.run(slotOf(atMs))),
  };
}

function upsert(
  table: string,
  keys: readonly string[],
  columns: readonly string[],
  conflict: readonly string[],
): string {
  const all = [...keys, ...columns];
  const sets = columns.map((column) => {
    if (column === 'covered_ms' || column === 'unproven_ms')
      return `${column} = min(${SLOT_MS}, ${column} + excluded.${column})`;
    if (column === 'curtailed_method') return `${column} = max(${column}, excluded.${column})`;
    return `${column} = ${column} + excluded.${column}`;
  });
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (${conflict.join(', ')}) DO UPDATE SET ${sets.join(', ')}`;
}

/** Prices change rarely: a row each time they do, named by the slots that it held for. */
function marketRows(db: WritableDatabase): (atMs: number, market: MarketNow, currency: string) => number {
  const insert = db.prepare<(number | string | null)[]>(
    `INSERT INTO market (at_ms, currency, sats_per_th_hour, pool_fee, price_per_sat, export_per_kwh, import_per_kwh, battery_per_kwh)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = db
    .prepare<[], (number | string | null)[]>(
      `SELECT currency, sats_per_th_hour, pool_fee, price_per_sat, export_per_kwh, import_per_kwh, battery_per_kwh, id
     FROM market ORDER BY id DESC LIMIT 1`,
    )
    .raw();
  return (atMs, market, currency) => {
    const cells = [
      currency,
      market.satsPerThHour ?? null,
      market.poolFee,
      market.pricePerSat ?? null,
      market.exportPerKwh ?? null,
      market.importPerKwh ?? null,
      market.batteryPerKwh ?? null,
    ];
    const last = newest.get();
    if (last && cells.every((cell, i) => cell === last[i])) return Number(last[7]);
    return Number(insert.run(Math.round(atMs), ...cells).lastInsertRowid);
  };
}
