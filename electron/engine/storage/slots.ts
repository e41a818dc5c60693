import type { MarketNow } from '#shared/control.ts';
import type { Violation } from '#shared/ledger.ts';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { addKnown } from '#engine/accounting/rollup.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import {
  energyColumns,
  loadCells,
  loadColumns,
  loadFigures,
  siteCells,
  siteColumns,
  siteFigures,
  storedLoadColumns,
  type Cell,
} from './columns.ts';
import type { WritableDatabase } from './database.ts';
import type { NameTable } from './names.ts';

export interface Slots {
  /** A slot written again (a clock set back, an import) adds to what is there. */
  add(slot: Slot, market: MarketNow, currency: string): void;
  violations(fromMs: number, toMs: number): Violation[];
  /** Whole slots, as they were added, with the prices they were added with. */
  between(fromMs: number, toMs: number): PricedSlot[];
  has(startMs: number): boolean;
  span(): { firstMs: number; endMs: number } | undefined;
  dropFrom(atMs: number): void;
}

export interface PricedSlot {
  slot: Slot;
  market: MarketNow;
  currency: string;
}

const slotOf = (atMs: number): number => Math.floor(atMs / SLOT_MS);

export function slots(db: WritableDatabase, devices: NameTable): Slots {
  const marketId = marketRows(db);
  const insertSlot = db.prepare<Cell[]>(upsert('slot', ['slot', 'market'], siteColumns, ['slot']));
  const insertLoad = db.prepare<Cell[]>(upsert('slot_load', ['slot', 'device'], storedLoadColumns, ['slot', 'device']));
  const insertViolation = db.prepare<[number, number, number, string]>(
    `INSERT INTO violation (slot, device, grid_fed, cause) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET grid_fed = grid_fed + excluded.grid_fed`,
  );
  const selectViolations = db.prepare<
    [number, number],
    { slot: number; device: number; grid_fed: number; cause: string }
  >(`SELECT slot, violation.device, grid_fed, cause FROM violation JOIN device ON device.id = violation.device
     WHERE slot >= ? AND slot < ? ORDER BY slot, device.key`);
  const span = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT min(slot) AS first, max(slot) AS last FROM slot',
  );
  const selectSlots = db
    .prepare<[number, number], (number | string | null)[]>(
      `SELECT slot, ${marketColumns.join(', ')},
       ${siteColumns.join(', ')} FROM slot LEFT JOIN market ON id = market WHERE slot >= ? AND slot < ? ORDER BY slot`,
    )
    .raw();
  const selectLoads = db
    .prepare<[number, number], (number | string | null)[]>(
      `SELECT slot_load.slot, slot_load.device, cause, ${loadColumns.map((column) => `slot_load.${column}`).join(', ')}
       FROM slot_load JOIN device ON device.id = slot_load.device LEFT JOIN violation USING (slot, device)
       WHERE slot_load.slot >= ? AND slot_load.slot < ? ORDER BY device.key`,
    )
    .raw();
  const hasSlot = db.prepare<[number], number>('SELECT 1 FROM slot WHERE slot = ?').pluck();
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
    has: (startMs) => hasSlot.get(slotOf(startMs)) !== undefined,
    between(fromMs, toMs) {
      const range = [slotOf(fromMs), Math.ceil(toMs / SLOT_MS)] as const;
      const loadsOf = Map.groupBy(selectLoads.all(...range), ([number]) => number);
      return selectSlots.all(...range).map((cells) => {
        const number = Number(cells[0]);
        const figures = siteFigures(cells as Cell[], MARKET_CELLS + 1);
        const loads: Slot['loads'] = {};
        for (const [, device, cause, ...rest] of loadsOf.get(number) ?? []) {
          const load = loadFigures(rest as Cell[], 0);
          loads[devices.keyOf(Number(device))] = cause === null ? load : { ...load, cause: String(cause) };
          addKnown(figures.flows, load, ['draw']);
          addKnown(figures.money, { ...load, estimatedMsat: load.msat }, ['estimatedMsat', 'verifiedMsat', 'shares']);
        }
        return { slot: { startMs: number * SLOT_MS, ...figures, loads }, ...marketOf(cells.slice(1)) };
      });
    },
    span() {
      const { first, last } = span.get() ?? { first: null, last: null };
      return first === null || last === null ? undefined : { firstMs: first * SLOT_MS, endMs: (last + 1) * SLOT_MS };
    },
    dropFrom: (atMs) => drops.forEach((drop) => drop.run(slotOf(atMs))),
  };
}

const MARKET_CELLS = 7;

function marketOf(cells: readonly (number | string | null)[]): { market: MarketNow; currency: string } {
  const [currency, satsPerThHour, poolFee, pricePerSat, exportPerKwh, importPerKwh, batteryPerKwh] = cells;
  const market: MarketNow = { poolFee: Number(poolFee ?? 0), fresh: true };
  const known = { satsPerThHour, pricePerSat, exportPerKwh, importPerKwh, batteryPerKwh };
  for (const [key, value] of Object.entries(known)) {
    if (typeof value === 'number') market[key as keyof typeof known] = value;
  }
  return { market, currency: String(currency ?? '') };
}

const knownInParts = new Set<string>([...energyColumns, 'msat', 'verified', 'shares']);

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
    if (column === 'draw_unknown') return `${column} = min(${column}, excluded.${column})`;
    if (column === 'late_price') return `${column} = coalesce(${column}, excluded.${column})`;
    // What one of them knows is known; money is not, where one of them lacks a price.
    if (knownInParts.has(column))
      return `${column} = coalesce(${column} + excluded.${column}, ${column}, excluded.${column})`;
    return `${column} = ${column} + excluded.${column}`;
  });
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (${conflict.join(', ')}) DO UPDATE SET ${sets.join(', ')}`;
}

export const marketColumns = [
  'currency',
  'sats_per_th_hour',
  'pool_fee',
  'price_per_sat',
  'export_per_kwh',
  'import_per_kwh',
  'battery_per_kwh',
] as const;

/** Prices change rarely: a row each time they do, named by the slots that it held for. */
function marketRows(db: WritableDatabase): (atMs: number, market: MarketNow, currency: string) => number {
  const insert = db.prepare<(number | string | null)[]>(
    `INSERT INTO market (at_ms, ${marketColumns.join(', ')})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = db
    .prepare<[], (number | string | null)[]>(
      `SELECT ${marketColumns.join(', ')}, id FROM market ORDER BY id DESC LIMIT 1`,
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
