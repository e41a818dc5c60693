import type { Earnings, Flows, Origin, Report, ReportRow } from '#shared/ledger.ts';
import type { Slot } from './close-slot.ts';
import { originKeys } from './counterfactual.ts';
import { withEarnings } from './earnings.ts';
import { SLOT_MS } from './open-slot.ts';
import { flowKeys } from './rates.ts';

export type LoadRow = Report['byLoad'][number];
type LoadPart = Pick<LoadRow, 'draw' | 'origin'> & { [key in (typeof satKeys)[number]]?: number | undefined };

/** A ReportRow with what a sum needs besides: INTEGER ms. */
export interface LedgerRow extends ReportRow {
  coveredMs: number;
}

export const noOrigin = (): Origin => ({
  gridFed: 0,
  contracted: 0,
  boostFed: 0,
  batteryFed: 0,
  deferredCharge: 0,
  forgoneExport: 0,
  avoidedPaidExport: 0,
  avoidedCurtailment: 0,
  unproven: 0,
});

export function addOrigin(sum: Origin, part: Origin): void {
  for (const key of originKeys) sum[key] += part[key];
}

export function rowOfSlot(slot: Slot): LedgerRow {
  const origin = noOrigin();
  let starts = 0;
  for (const load of Object.values(slot.loads)) {
    addOrigin(origin, load.origin);
    starts += load.starts;
  }
  return {
    startMs: slot.startMs,
    endMs: slot.startMs + SLOT_MS,
    coverage: slot.coveredMs / SLOT_MS,
    coveredMs: slot.coveredMs,
    flows: slot.flows,
    origin,
    earnings: slot.money,
    starts,
  };
}

const summedFlows = [...flowKeys, 'draw'] as const;

const satKeys = ['estimatedMsat', 'verifiedMsat', 'shares'] as const;

const earningParts = [
  'minedMicro',
  'forgoneExportMicro',
  'importCostMicro',
  'batteryCostMicro',
  'paidExportAvoidedMicro',
] as const;

/**
 * The exact sum of rows. A flow is absent where no row knows it; money as soon as one row lacks it, and so is the
 * uncertainty of curtailment as soon as one row tells curtailment without.
 * @param span the stretch the sum stands for; coverage is the covered share of what has passed of it
 */
export function sumRows(rows: readonly LedgerRow[], span: { startMs: number; endMs: number }): LedgerRow {
  const flows: Flows = { residual: 0 };
  const origin = noOrigin();
  const earnings: Omit<Earnings, 'earningsMicro'> = {};
  const doubts: (number | undefined)[] = [];
  let coveredMs = 0;
  let starts = 0;
  for (const key of earningParts) {
    if (rows.every((row) => row.earnings[key] !== undefined)) {
      earnings[key] = rows.reduce((sum, row) => sum + (row.earnings[key] ?? 0), 0);
    }
  }
  for (const row of rows) {
    addKnown(flows, row.flows, summedFlows);
    flows.residual += row.flows.residual;
    if (row.flows.curtailed !== undefined) {
      flows.curtailed = (flows.curtailed ?? 0) + row.flows.curtailed;
      doubts.push(row.flows.curtailedPlusMinus);
      flows.curtailedMethod = weakest(flows.curtailedMethod, row.flows.curtailedMethod);
    }
    addOrigin(origin, row.origin);
    addKnown(earnings, row.earnings, satKeys);
    if (row.earnings.latePrice) earnings.latePrice = true;
    coveredMs += row.coveredMs;
    starts += row.starts;
  }
  const plusMinus = sumOfKnown(doubts);
  if (plusMinus !== undefined) flows.curtailedPlusMinus = plusMinus;
  if (flows.curtailedMethod === undefined) delete flows.curtailedMethod;
  const coverage = Math.min(1, coveredMs / Math.max(1, span.endMs - span.startMs));
  return { ...span, coverage, coveredMs, flows, origin, earnings: withEarnings(earnings), starts };
}

/** @returns undefined as soon as one is unknown, and of none */
const sumOfKnown = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.length === 0 || parts.includes(undefined)
    ? undefined
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);

/** Adds what is known of it; what neither knows stays absent. */
export function addKnown<K extends string>(
  sum: { [key in K]?: number | undefined },
  part: { [key in K]?: number | undefined },
  keys: readonly K[],
): void {
  for (const key of keys) {
    const value = part[key];
    if (value !== undefined) sum[key] = (sum[key] ?? 0) + value;
  }
}

type Method = Flows['curtailedMethod'];
const strength: Method[] = ['reported', 'probed', 'modelled'];

/** A sum is as sure as its least sure part. */
const weakest = (a: Method, b: Method): Method => (strength.indexOf(a) >= strength.indexOf(b) ? a : b);

export function addLoadRow(sums: Map<string, LoadRow>, loadId: string, part: LoadPart): void {
  const sum = sums.get(loadId) ?? { loadId, origin: noOrigin(), draw: 0 };
  addOrigin(sum.origin, part.origin);
  sum.draw += part.draw;
  addKnown(sum, part, satKeys);
  sums.set(loadId, sum);
}
