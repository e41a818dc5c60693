import type { Plan } from '#shared/plan.ts';
import type { PlanYear } from '#shared/plan-result.ts';
import { capitalOf } from './capital.ts';
import { aliveShare, cashOf, type CashMonth } from './cash.ts';
import { courseOf, rewardOf } from './course.ts';

/** The fan reaches at least so far, and at most, months. */
const LEAST_MONTHS = 60;
const MOST_MONTHS = 180;

/** The parts of a plan's money that every future shares, by month. */
export interface Prospect {
  months: number;
  capital: number;
  /** Upkeep; failures are drawn by chance. */
  upkeep: number;
  /** One row of twelve months for each weather year. */
  years: CashMonth[][];
  /** Price × reward ÷ difficulty against today, chance left out. */
  worth: Float64Array;
  alive: Float64Array;
}

export function prospectOf(plan: Plan, years: readonly PlanYear[]): Prospect {
  const { economics } = plan;
  const months = Math.min(MOST_MONTHS, Math.max(LEAST_MONTHS, Math.ceil(economics.paybackMonths * 1.5)));
  const price = courseOf(economics.price, months, economics.height);
  const difficulty = courseOf(economics.difficultyCourse, months, economics.height);
  const reward = rewardOf(economics, months);
  return {
    months,
    capital: capitalOf(plan),
    upkeep: economics.upkeepPerYear / 12,
    years: years.map((year) => cashOf(plan, year)),
    worth: price.map((factor, m) => (factor * (reward[m] as number)) / (difficulty[m] as number)),
    alive: aliveShare(plan, years[0] as PlanYear, months),
  };
}

/** What a month leaves. One in which mining would cost more than it brings is a month without mining. */
export const monthCash = ({ bitcoin, other, energy }: CashMonth, worth: number, alive: number): number =>
  Math.max(0, bitcoin * worth + other - energy) * alive;

/** First month after which the money is back for good or for a while; Infinity: never in sight. */
export function paybackOf(path: Float64Array): number {
  const at = path.findIndex((sum) => sum >= 0);
  return at < 0 ? Infinity : at + 1;
}
