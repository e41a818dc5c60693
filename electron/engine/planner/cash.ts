import type { Plan } from '#shared/plan.ts';
import type { PlanYear } from '#shared/plan-result.ts';
import { SATS_PER_BITCOIN } from './units.ts';
import { failuresPerMonth } from './capital.ts';

const MICRO = 1e6;
const MWH_PER_KWH = 1e6;

/** One calendar month of a simulated year in the plan's currency: what bitcoin's price moves, and what it does not. */
export interface CashMonth {
  /** Mined bitcoin at today's price, difficulty and reward. */
  bitcoin: number;
  /** Jobs and heat; paid export avoided. */
  other: number;
  /** Export given up, import, battery and its wear, fuel. */
  energy: number;
}

export function cashOf(plan: Plan, year: PlanYear): CashMonth[] {
  const { pricePerBitcoin, heat } = plan.economics;
  const drawn = Math.max(1, year.mining.draw);
  return year.months.map(({ mining, earnings }, index) => {
    const bitcoin = ((earnings.estimatedMsat ?? 0) / 1000 / SATS_PER_BITCOIN) * pricePerBitcoin;
    const mined = (earnings.minedMicro ?? 0) / MICRO;
    const kwh = mining.draw / MWH_PER_KWH;
    const warm = heat.months.includes(index + 1) ? kwh * heat.perKwh : 0;
    const fuel = (year.fuelCostMicro / MICRO) * (mining.draw / drawn);
    const costs =
      (earnings.forgoneExportMicro ?? 0) + (earnings.importCostMicro ?? 0) + (earnings.batteryCostMicro ?? 0);
    return {
      bitcoin,
      other: mined - bitcoin + warm + (earnings.paidExportAvoidedMicro ?? 0) / MICRO,
      energy: costs / MICRO + fuel,
    };
  });
}

/** Paid in every month, mined or not, currency. */
export const runningPerMonth = (plan: Plan): number => plan.economics.upkeepPerYear / 12 + failuresPerMonth(plan);

/** Share of the loads that is not worn out yet, by what they draw, month by month. */
export function aliveShare(plan: Plan, year: PlanYear, months: number): Float64Array {
  const total = year.byLoad.reduce((sum, { draw }) => sum + draw, 0);
  return Float64Array.from({ length: months }, (_, m) => {
    if (total === 0) return 1;
    return plan.loads.reduce((sum, { lifeYears }, i) => {
      const draw = year.byLoad[i]?.draw ?? 0;
      return sum + (m < lifeYears * 12 ? draw / total : 0);
    }, 0);
  });
}
