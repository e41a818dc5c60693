import type { Earnings, Flows, Origin } from '#shared/ledger.ts';
import { apportion } from './apportion.ts';
import { originKeys } from './counterfactual.ts';
import { withEarnings } from './earnings.ts';
import { flowKeys, moneyKeys, type MoneyKey } from './rates.ts';
import { residualOf } from './residual.ts';
import { fromSum, originSums, SLOT_MS, type OpenSlot } from './open-slot.ts';

/** Energies INTEGER mWh, millisats, millionths of the currency unit. */
export interface SlotLoad {
  draw: number;
  origin: Origin;
  /** Absent where hashrate or difficulty was unknown. */
  msat?: number | undefined;
  /** The same by accepted shares, and how many; absent where the device tells none. */
  verifiedMsat?: number | undefined;
  shares?: number | undefined;
  starts: number;
  /** The reason given while most of its grid-fed energy flowed. */
  cause?: string | undefined;
}

export interface Slot {
  startMs: number;
  coveredMs: number;
  unprovenMs: number;
  flows: Flows;
  loads: Record<string, SlotLoad>;
  money: Earnings;
}

// Below it a stretch without a price or a value is the edge of two ticks, not a gap.
const TOLERATED = 0.01;
/** Curtailment is told where it was known for nine tenths of the covered time, its uncertainty for nine tenths of that. */
const CURTAILED_KNOWN = 0.9;

/** The only place where the sums become whole numbers, so that parts sum to totals exactly. */
export function closeSlot(open: OpenSlot): Slot {
  const loads: Record<string, SlotLoad> = {};
  for (const [id, sums] of Object.entries(open.loads)) loads[id] = closeLoad(open, id, sums);
  for (const [id, starts] of Object.entries(open.starts)) {
    loads[id] ??= {
      draw: 0,
      origin: originOf(
        0,
        originKeys.map(() => 0),
      ),
      starts,
    };
  }
  return {
    startMs: open.startMs,
    coveredMs: Math.min(SLOT_MS, Math.round(open.coveredMs)),
    unprovenMs: Math.min(SLOT_MS, Math.round(open.unprovenMs)),
    flows: closeFlows(open, Object.values(loads)),
    loads,
    money: closeMoney(open, Object.values(loads)),
  };
}

function closeLoad(open: OpenSlot, id: string, sums: Record<string, number>): SlotLoad {
  const draw = Math.round(fromSum(sums.draw ?? 0));
  const load: SlotLoad = {
    draw,
    origin: originOf(draw, originSums(sums)),
    starts: open.starts[id] ?? 0,
  };
  if (sums.sats !== undefined && (sums.unvalued ?? 0) <= (sums.draw ?? 0) * TOLERATED) {
    load.msat = Math.round(fromSum(sums.sats));
  }
  if (sums.verifiedSats !== undefined) load.verifiedMsat = Math.round(sums.verifiedSats * 1000);
  if (sums.shares !== undefined) load.shares = sums.shares;
  const causes = Object.entries(open.causes[id] ?? {}).sort((a, b) => b[1] - a[1]);
  if (load.origin.gridFed > 0 && causes[0]) load.cause = causes[0][0];
  return load;
}

function originOf(draw: number, parts: readonly number[]): Origin {
  const whole = apportion(draw, parts);
  return Object.fromEntries(originKeys.map((key, i) => [key, whole[i] ?? 0])) as Origin;
}

function closeFlows(open: OpenSlot, loads: readonly SlotLoad[]): Flows {
  const flows: Flows = { residual: 0 };
  for (const key of flowKeys) {
    const sum = open.site[key];
    if (sum !== undefined) flows[key] = Math.round(fromSum(sum));
  }
  if (isDrawKnown(open)) flows.draw = loads.reduce((sum, load) => sum + load.draw, 0);
  flows.residual = residualOf(flows);
  if (open.curtailedMs > 0 && open.curtailedMs >= open.coveredMs * CURTAILED_KNOWN) {
    flows.curtailed = Math.round(fromSum(open.site.curtailed ?? 0));
    if (open.doubtUnknownMs <= open.curtailedMs * (1 - CURTAILED_KNOWN))
      flows.curtailedPlusMinus = Math.round(fromSum(open.site.curtailedPlusMinus ?? 0));
    if (open.curtailedMethod) flows.curtailedMethod = open.curtailedMethod;
  }
  return flows;
}

/** Where no load was read there may have been any draw, unless the site has none. */
const isDrawKnown = (open: OpenSlot): boolean =>
  !open.hasLoads || Object.values(open.loads).some(({ draw }) => draw !== undefined);

function closeMoney(open: OpenSlot, loads: readonly SlotLoad[]): Earnings {
  if (!isDrawKnown(open)) return {};
  const sums = Object.values(open.loads);
  const drawn = sumOf(sums, 'draw');
  const part = (key: MoneyKey) => {
    if (sumOf(sums, `${key}Unpriced`) > drawn * TOLERATED) return undefined;
    return Math.round(fromSum(sumOf(sums, `${key}Money`)));
  };
  const [mined, forgoneExport, importCost, batteryCost, paidExportAvoided] = moneyKeys.map(part);
  const parts: Omit<Earnings, 'earningsMicro'> = {};
  const valued = loads.filter(({ msat }) => msat !== undefined);
  for (const key of ['verifiedMsat', 'shares'] as const) {
    const told = loads.flatMap((load) => load[key] ?? []);
    if (told.length > 0) parts[key] = told.reduce((sum, part) => sum + part, 0);
  }
  if (valued.length > 0) parts.estimatedMsat = valued.reduce((sum, { msat }) => sum + (msat ?? 0), 0);
  if (mined !== undefined) parts.minedMicro = mined;
  if (forgoneExport !== undefined) parts.forgoneExportMicro = forgoneExport;
  if (importCost !== undefined) parts.importCostMicro = importCost;
  if (batteryCost !== undefined) parts.batteryCostMicro = batteryCost;
  if (paidExportAvoided !== undefined) parts.paidExportAvoidedMicro = paidExportAvoided;
  return withEarnings(parts);
}

const sumOf = (records: readonly Record<string, number>[], key: string): number =>
  records.reduce((sum, record) => sum + (record[key] ?? 0), 0);
