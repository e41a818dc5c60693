import type { LatePrice } from '#shared/market.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { breathe } from '#engine/system/breathe.ts';
import type { WritableDatabase } from './database.ts';
import { marketColumns } from './slots.ts';
import type { Summing } from './summing.ts';

/** Fills in what slots without a price lack, and marks them. What was priced stays as it was. @returns slots filled */
export type FillPrices = (prices: readonly LatePrice[]) => Promise<number>;

interface Row {
  slot: number;
  mined: number | null;
  forgone_export: number | null;
  import_cost: number | null;
  forgone_energy: number;
  bought_energy: number;
  msat: number | null;
  unvalued: number;
}

/** Day-ahead prices come by the hour or quarter hour: a few slots each. */
const PRICES_AT_ONCE = 24;

export function latePrices(ports: {
  db: WritableDatabase;
  sums: Pick<Summing, 'refresh'>;
  currency: () => string;
  changed: () => void;
}): FillPrices {
  const { db, sums } = ports;
  const select = db.prepare<[number, number, string], Row>(
    `SELECT slot.slot, slot.mined, slot.forgone_export, slot.import_cost,
       total(load.forgone_export_energy) AS forgone_energy,
       total(load.grid_fed + load.contracted + load.boost_fed) AS bought_energy,
       sum(load.msat) AS msat, total(load.draw > 0 AND load.msat IS NULL) AS unvalued
     FROM slot JOIN market ON market.id = slot.market LEFT JOIN slot_load AS load ON load.slot = slot.slot
     WHERE slot.slot >= ? AND slot.slot < ? AND market.currency IS ? AND slot.draw_unknown IS NULL
       AND (slot.mined IS NULL OR slot.forgone_export IS NULL OR slot.import_cost IS NULL)
     GROUP BY slot.slot ORDER BY slot.slot`,
  );
  const copyMarket = db.prepare<[number | null, number | null, number | null, number]>(
    `INSERT INTO market (at_ms, ${marketColumns.join(', ')})
     SELECT at_ms, currency, sats_per_th_hour, pool_fee, coalesce(price_per_sat, ?), coalesce(export_per_kwh, ?),
       coalesce(import_per_kwh, ?), battery_per_kwh FROM market WHERE id = (SELECT market FROM slot WHERE slot = ?)`,
  );
  // With a negative price what would have been exported would have cost money.
  const negative = db.prepare<[number]>(
    `UPDATE slot_load SET avoided_paid_export = avoided_paid_export + forgone_export_energy, forgone_export_energy = 0
     WHERE slot = ?`,
  );
  const update = db.prepare<[number | bigint, number | null, number | null, number | null, number | null, number]>(
    `UPDATE slot SET market = ?, late_price = 1, mined = coalesce(mined, ?), forgone_export = coalesce(forgone_export, ?),
       import_cost = coalesce(import_cost, ?), paid_export_avoided = coalesce(?, paid_export_avoided) WHERE slot = ?`,
  );

  function fill(row: Row, { importPerKwh, exportPerKwh, pricePerSat }: LatePrice): boolean {
    // mWh × currency per kWh and msat × currency per sat × 1000 are both millionths.
    const exported = exportPerKwh !== undefined && row.forgone_export === null ? exportPerKwh : undefined;
    const bought = importPerKwh !== undefined && row.import_cost === null ? importPerKwh : undefined;
    const valued = pricePerSat !== undefined && row.mined === null && row.unvalued === 0 ? row.msat : null;
    if (exported === undefined && bought === undefined && valued === null) return false;
    const forgone = exported === undefined ? null : Math.round(exported * row.forgone_energy);
    const costs = forgone !== null && forgone < 0;
    if (costs) negative.run(row.slot);
    const market = copyMarket.run(pricePerSat ?? null, exportPerKwh ?? null, importPerKwh ?? null, row.slot);
    update.run(
      market.lastInsertRowid,
      valued === null ? null : Math.round(valued * (pricePerSat ?? 0) * 1000),
      costs ? 0 : forgone,
      bought === undefined ? null : Math.round(bought * row.bought_energy),
      costs ? -forgone : null,
      row.slot,
    );
    return true;
  }

  return async (prices) => {
    let filled = 0;
    for (let i = 0; i < prices.length; i += PRICES_AT_ONCE) {
      const moments: number[] = [];
      db.transaction(() => {
        for (const price of prices.slice(i, i + PRICES_AT_ONCE)) {
          const [first, end] = [Math.ceil(price.startMs / SLOT_MS), Math.ceil(price.endMs / SLOT_MS)];
          for (const row of select.all(first, end, ports.currency()))
            if (fill(row, price)) moments.push(row.slot * SLOT_MS);
        }
        if (moments.length > 0) sums.refresh(moments);
      });
      filled += moments.length;
      await breathe();
    }
    if (filled > 0) ports.changed();
    return filled;
  };
}
