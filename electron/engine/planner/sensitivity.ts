import type { Plan } from '#shared/plan.ts';
import type { PlanMoney, PlanYear } from '#shared/plan-result.ts';
import { failuresPerMonth } from './capital.ts';
import type { CashMonth } from './cash.ts';
import { monthCash, paybackOf, prospectOf, type Prospect } from './prospect.ts';

const MICRO = 1e6;
const PRICE_FACTORS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];
const GROWTH_PERCENTS = [-20, 0, 20, 40, 60, 80];

/** Without chance: the mean of the weather years, the courses as they are. */
function steadyPath(plan: Plan, prospect: Prospect, change: Change = {}): Float64Array {
  const path = new Float64Array(prospect.months);
  const { price = 1, growthPercent = 0, capital = 1, energy = 1, running = 1, weather } = change;
  const years = weather === undefined ? prospect.years : [prospect.years[weather] as CashMonth[]];
  const monthly = (prospect.upkeep + failuresPerMonth(plan)) * running;
  let sum = -prospect.capital * capital;
  for (let m = 0; m < prospect.months; m += 1) {
    const worth = ((prospect.worth[m] as number) * price) / (1 + growthPercent / 100) ** ((m + 0.5) / 12);
    const alive = prospect.alive[m] as number;
    let cash = 0;
    for (const year of years) {
      const month = year[m % 12] as CashMonth;
      cash += monthCash({ ...month, energy: month.energy * energy }, worth, alive) / years.length;
    }
    sum += cash - (alive > 0 ? monthly : 0);
    path[m] = sum;
  }
  return path;
}

interface Change {
  price?: number;
  growthPercent?: number;
  capital?: number;
  energy?: number;
  running?: number;
  weather?: number;
}

/** What the money at the end of the time allowed becomes when one figure alone moves. Largest swing first. */
export function sensitivityOf(plan: Plan, years: readonly PlanYear[]): PlanMoney['sensitivity'] {
  const prospect = prospectOf(plan, years);
  const at = Math.min(prospect.months, plan.economics.paybackMonths) - 1;
  const end = (change: Change) => Math.round((steadyPath(plan, prospect, change)[at] as number) * MICRO);
  const byWeather = prospect.years.map((_, weather) => ({ weather, micro: end({ weather }) }));
  byWeather.sort((a, b) => a.micro - b.micro);
  const worst = byWeather[0] as (typeof byWeather)[number];
  const best = byWeather.at(-1) as (typeof byWeather)[number];
  const { pricePerBitcoin, upkeepPerYear } = plan.economics;
  const bar = (field: string, low: number, high: number, below: Change, above: Change) => ({
    field,
    low,
    high,
    lowMicro: end(below),
    highMicro: end(above),
  });
  return [
    bar('economics.pricePerBitcoin', pricePerBitcoin * 0.7, pricePerBitcoin * 1.3, { price: 0.7 }, { price: 1.3 }),
    bar('economics.difficultyCourse', -15, 15, { growthPercent: -15 }, { growthPercent: 15 }),
    bar('capital', prospect.capital * 0.75, prospect.capital * 1.25, { capital: 0.75 }, { capital: 1.25 }),
    bar('energy', 0.5, 1.5, { energy: 0.5 }, { energy: 1.5 }),
    bar('economics.upkeepPerYear', upkeepPerYear * 0.5, upkeepPerYear * 1.5, { running: 0.5 }, { running: 1.5 }),
    { field: 'weather', low: worst.weather, high: best.weather, lowMicro: worst.micro, highMicro: best.micro },
  ].sort((a, b) => Math.abs(b.highMicro - b.lowMicro) - Math.abs(a.highMicro - a.lowMicro));
}

/** Months to payback on a map of price and growth of the difficulty, chance left out. */
export function paybackGrid(plan: Plan, years: readonly PlanYear[]): PlanMoney['grid'] {
  const flat: Plan = {
    ...plan,
    economics: { ...plan.economics, difficultyCourse: { kind: 'flat', volatilityPercent: 0 } },
  };
  const prospect = prospectOf(flat, years);
  const months = PRICE_FACTORS.map((price) =>
    GROWTH_PERCENTS.map((growthPercent) => {
      const payback = paybackOf(steadyPath(flat, prospect, { price, growthPercent }));
      return Number.isFinite(payback) ? payback : null;
    }),
  );
  return { priceFactors: PRICE_FACTORS, difficultyPercents: GROWTH_PERCENTS, months };
}

/** One plan on one year without chance: what is spent, what the first year leaves, months to payback (Infinity: never). */
export function steadyMoney(plan: Plan, year: PlanYear): { capital: number; firstYear: number; payback: number } {
  const prospect = prospectOf(plan, [year]);
  const path = steadyPath(plan, prospect);
  return {
    capital: prospect.capital,
    firstYear: (path[11] as number) + prospect.capital,
    payback: paybackOf(path),
  };
}
