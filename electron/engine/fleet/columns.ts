import type { MarketNow } from '#shared/control.ts';
import type { Slot, SlotLoad } from '#engine/accounting/close-slot.ts';

/** A slot of the ledger with the prices that it was added with. */
export interface PricedSlot {
  slot: Slot;
  market: MarketNow;
  currency: string;
}

type Cell = number | string | boolean | undefined;
interface Column<T> {
  name: string;
  type: 'bigint' | 'integer' | 'text' | 'boolean' | 'double precision';
  of(row: T): Cell;
}

// Whole numbers, as the ledger keeps them: energies in thousandths of a Wh, money in millionths of the currency unit,
// bitcoin in thousandths of a sat. Their SUM is exact. An unknown one is NULL.
const energy = <T>(name: string, of: (row: T) => Cell): Column<T> => ({ name: `${name}_milliwh`, type: 'bigint', of });
const money = <T>(name: string, of: (row: T) => Cell): Column<T> => ({ name: `${name}_micro`, type: 'bigint', of });
const price = (name: string, key: keyof MarketNow): Column<PricedSlot> => ({
  name,
  type: 'double precision',
  of: ({ market }) => market[key],
});

export const slotColumns: readonly Column<PricedSlot>[] = [
  { name: 'covered_ms', type: 'integer', of: ({ slot }) => slot.coveredMs },
  { name: 'unproven_ms', type: 'integer', of: ({ slot }) => slot.unprovenMs },
  energy('production', ({ slot }) => slot.flows.production),
  energy('import', ({ slot }) => slot.flows.import),
  energy('export', ({ slot }) => slot.flows.export),
  energy('charge', ({ slot }) => slot.flows.charge),
  energy('discharge', ({ slot }) => slot.flows.discharge),
  energy('demand', ({ slot }) => slot.flows.demand),
  energy('draw', ({ slot }) => slot.flows.draw),
  energy('residual', ({ slot }) => slot.flows.residual),
  energy('curtailed', ({ slot }) => slot.flows.curtailed),
  energy('curtailed_plus_minus', ({ slot }) => slot.flows.curtailedPlusMinus),
  { name: 'curtailed_method', type: 'text', of: ({ slot }) => slot.flows.curtailedMethod },
  { name: 'currency', type: 'text', of: ({ currency }) => currency },
  money('mined', ({ slot }) => slot.money.minedMicro),
  money('forgone_export', ({ slot }) => slot.money.forgoneExportMicro),
  money('import_cost', ({ slot }) => slot.money.importCostMicro),
  money('battery_cost', ({ slot }) => slot.money.batteryCostMicro),
  money('paid_export_avoided', ({ slot }) => slot.money.paidExportAvoidedMicro),
  money('earnings', ({ slot }) => slot.money.earningsMicro),
  { name: 'late_price', type: 'boolean', of: ({ slot }) => slot.money.latePrice ?? false },
  price('sats_per_th_hour', 'satsPerThHour'),
  price('pool_fee', 'poolFee'),
  price('price_per_sat', 'pricePerSat'),
  price('export_per_kwh', 'exportPerKwh'),
  price('import_per_kwh', 'importPerKwh'),
  price('battery_per_kwh', 'batteryPerKwh'),
];

export const loadColumns: readonly Column<SlotLoad>[] = [
  energy('draw', ({ draw }) => draw),
  energy('grid_fed', ({ origin }) => origin.gridFed),
  energy('contracted', ({ origin }) => origin.contracted),
  energy('boost_fed', ({ origin }) => origin.boostFed),
  energy('battery_fed', ({ origin }) => origin.batteryFed),
  energy('deferred_charge', ({ origin }) => origin.deferredCharge),
  energy('forgone_export', ({ origin }) => origin.forgoneExport),
  energy('avoided_paid_export', ({ origin }) => origin.avoidedPaidExport),
  energy('avoided_curtailment', ({ origin }) => origin.avoidedCurtailment),
  energy('unproven', ({ origin }) => origin.unproven),
  { name: 'estimated_msat', type: 'bigint', of: ({ msat }) => msat },
  { name: 'verified_msat', type: 'bigint', of: ({ verifiedMsat }) => verifiedMsat },
  { name: 'shares', type: 'bigint', of: ({ shares }) => shares },
  { name: 'starts', type: 'integer', of: ({ starts }) => starts },
  { name: 'cause', type: 'text', of: ({ cause }) => cause },
];

const cells = <T>(columns: readonly Column<T>[], row: T) =>
  Object.fromEntries(columns.map(({ name, of }) => [name, of(row)]));

/** Rows as json_to_recordset reads them; what is undefined is left out and becomes NULL. */
export const slotRows = (slots: readonly PricedSlot[]): object[] =>
  slots.map((priced) => ({ at: isoOf(priced), ...cells(slotColumns, priced) }));

export const loadRows = (slots: readonly PricedSlot[]): object[] =>
  slots.flatMap((priced) =>
    Object.entries(priced.slot.loads).map(([load, row]) => ({ at: isoOf(priced), load, ...cells(loadColumns, row) })),
  );

const isoOf = ({ slot }: PricedSlot) => new Date(slot.startMs).toISOString();
