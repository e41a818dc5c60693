import type { Earnings, Flows, Origin } from '#shared/ledger.ts';
import type { SlotLoad } from '#engine/accounting/close-slot.ts';
import { withEarnings } from '#engine/accounting/earnings.ts';

// The columns that slot and rollup share, in one order: statements are made from these lists, rows read by position.

export const energyColumns = ['production', 'import', 'export', 'charge', 'discharge', 'demand', 'residual'] as const;
export const moneyColumns = ['mined', 'forgone_export', 'import_cost', 'battery_cost', 'paid_export_avoided'] as const;
export const siteColumns = [
  'covered_ms',
  'unproven_ms',
  ...energyColumns,
  'curtailed',
  'curtailed_plus_minus',
  'curtailed_method',
  'draw_unknown',
  'late_price',
  ...moneyColumns,
] as const;
/** What is written of a load; its draw is their sum, kept by the database. */
export const storedLoadColumns = [
  'grid_fed',
  'contracted',
  'boost_fed',
  'battery_fed',
  'deferred_charge',
  'forgone_export_energy',
  'avoided_paid_export',
  'avoided_curtailment',
  'unproven',
  'msat',
  'starts',
  'verified',
  'shares',
] as const;
export const loadColumns = ['draw', ...storedLoadColumns] as const;

export type Cell = number | null;

// In the order of growing doubt, so that MAX() of a sum is its weakest.
const methods = ['reported', 'probed', 'modelled'] as const;

const moneyKeysInOrder = [
  'minedMicro',
  'forgoneExportMicro',
  'importCostMicro',
  'batteryCostMicro',
  'paidExportAvoidedMicro',
] as const;

export interface SiteFigures {
  coveredMs: number;
  unprovenMs: number;
  flows: Flows;
  money: Earnings;
}

/** @returns cells in the order of siteColumns */
export function siteCells({ coveredMs, unprovenMs, flows, money }: SiteFigures): Cell[] {
  return [
    coveredMs,
    unprovenMs,
    ...energyColumns.map((column) => flows[column] ?? null),
    flows.curtailed ?? null,
    flows.curtailedPlusMinus ?? null,
    flows.curtailedMethod ? methods.indexOf(flows.curtailedMethod) : null,
    flows.draw === undefined ? 1 : null,
    money.latePrice ? 1 : null,
    money.minedMicro ?? null,
    money.forgoneExportMicro ?? null,
    money.importCostMicro ?? null,
    money.batteryCostMicro ?? null,
    money.paidExportAvoidedMicro ?? null,
  ];
}

/** @param cells in the order of siteColumns, from index `at` on; the loads' draw and sats are added by the caller */
export function siteFigures(cells: readonly Cell[], at: number): SiteFigures {
  const cell = (i: number): number => cells[at + i] ?? 0;
  const flows: Flows = { residual: cell(8) };
  // Written out: ten years of days are 3,650 of these.
  const [production, imported, exported, charge, discharge, demand, , curtailed] = cells.slice(at + 2);
  if (typeof production === 'number') flows.production = production;
  if (typeof imported === 'number') flows.import = imported;
  if (typeof exported === 'number') flows.export = exported;
  if (typeof charge === 'number') flows.charge = charge;
  if (typeof discharge === 'number') flows.discharge = discharge;
  if (typeof demand === 'number') flows.demand = demand;
  if (cell(12) === 0) flows.draw = 0;
  if (typeof curtailed === 'number') {
    flows.curtailed = curtailed;
    const plusMinus = cells[at + 10];
    if (typeof plusMinus === 'number') flows.curtailedPlusMinus = plusMinus;
    const method = methods[cells[at + 11] ?? -1];
    if (method) flows.curtailedMethod = method;
  }
  const money: Earnings = {};
  if (cell(13) !== 0) money.latePrice = true;
  for (const [i, key] of moneyKeysInOrder.entries()) {
    const micro = cells[at + 14 + i] ?? undefined;
    if (micro !== undefined) money[key] = micro;
  }
  return { coveredMs: cell(0), unprovenMs: cell(1), flows, money: withEarnings(money) };
}

/** @returns cells in the order of storedLoadColumns */
export const loadCells = ({ origin, msat, starts, verifiedMsat, shares }: SlotLoad): Cell[] => [
  origin.gridFed,
  origin.contracted,
  origin.boostFed,
  origin.batteryFed,
  origin.deferredCharge,
  origin.forgoneExport,
  origin.avoidedPaidExport,
  origin.avoidedCurtailment,
  origin.unproven,
  msat ?? null,
  starts,
  verifiedMsat ?? null,
  shares ?? null,
];

/** @param cells in the order of loadColumns, from index `at` on */
export function loadFigures(cells: readonly Cell[], at: number): SlotLoad {
  const cell = (i: number): number => cells[at + i] ?? 0;
  const origin: Origin = {
    gridFed: cell(1),
    contracted: cell(2),
    boostFed: cell(3),
    batteryFed: cell(4),
    deferredCharge: cell(5),
    forgoneExport: cell(6),
    avoidedPaidExport: cell(7),
    avoidedCurtailment: cell(8),
    unproven: cell(9),
  };
  const load: SlotLoad = { draw: cell(0), origin, starts: cell(11) };
  const [msat, , verifiedMsat, shares] = cells.slice(at + 10);
  if (typeof msat === 'number') load.msat = msat;
  if (typeof verifiedMsat === 'number') load.verifiedMsat = verifiedMsat;
  if (typeof shares === 'number') load.shares = shares;
  return load;
}

/** Adds the figures of one load row to another; unknown sats stay out of the sum. */
export function addLoadCells(sum: Cell[], cells: readonly Cell[], at: number): void {
  for (let i = at; i < at + loadColumns.length; i += 1) {
    const cell = cells[i] ?? null;
    if (cell !== null) sum[i] = (sum[i] ?? 0) + cell;
  }
}

/** Adds one load's row to the site's. Written out: ten years of days are 11,000 of these. */
export function addLoadTo(
  row: { origin: Origin; flows: Flows; earnings: Earnings; starts: number },
  cells: readonly Cell[],
  at: number,
): void {
  const { origin } = row;
  row.flows.draw = (row.flows.draw ?? 0) + (cells[at] ?? 0);
  origin.gridFed += cells[at + 1] ?? 0;
  origin.contracted += cells[at + 2] ?? 0;
  origin.boostFed += cells[at + 3] ?? 0;
  origin.batteryFed += cells[at + 4] ?? 0;
  origin.deferredCharge += cells[at + 5] ?? 0;
  origin.forgoneExport += cells[at + 6] ?? 0;
  origin.avoidedPaidExport += cells[at + 7] ?? 0;
  origin.avoidedCurtailment += cells[at + 8] ?? 0;
  origin.unproven += cells[at + 9] ?? 0;
  const msat = cells[at + 10] ?? undefined;
  if (msat !== undefined) row.earnings.estimatedMsat = (row.earnings.estimatedMsat ?? 0) + msat;
  row.starts += cells[at + 11] ?? 0;
  const verified = cells[at + 12] ?? undefined;
  if (verified !== undefined) row.earnings.verifiedMsat = (row.earnings.verifiedMsat ?? 0) + verified;
  const shares = cells[at + 13] ?? undefined;
  if (shares !== undefined) row.earnings.shares = (row.earnings.shares ?? 0) + shares;
}
