import type { Plan } from '#shared/plan.ts';
import type { PlanMoney, PlanYear, Range } from '#shared/plan-result.ts';
import { failuresPerMonth } from './capital.ts';
import type { CashMonth } from './cash.ts';
import { chanceOf } from './course.ts';
import { monthCash, paybackOf, prospectOf, type Prospect } from './prospect.ts';
import { seededRandom, seedFor, type Random } from './random.ts';
import { sensitivityOf, paybackGrid } from './sensitivity.ts';
import { decide } from './verdict.ts';

const MICRO = 1e6;
/** Factor of today's price at which the search for a break-even gives up. */
const MOST_FACTOR = 1000;

interface Future {
  /** Chance on price ÷ difficulty, and the weather of each year. */
  luck: Float64Array;
  weather: Uint8Array;
  repairs: Float64Array;
}

/** Seeded sweep over weather × price × difficulty × failures: the years are simulated, the rest is drawn on top. */
export function futuresOf(plan: Plan, years: readonly PlanYear[], count: number): PlanMoney {
  const prospect = prospectOf(plan, years);
  const futures = Array.from({ length: count }, (_, f) =>
    draw(plan, prospect, seededRandom(seedFor(plan.seed, 100 + f))),
  );
  const within = plan.economics.paybackMonths;
  const paths = futures.map((future) => pathOf(prospect, future, 1));
  const paybacks = paths.map(paybackOf).sort((a, b) => a - b);
  const share = paybacks.filter((months) => months <= within).length / count;
  const fan = Array.from({ length: prospect.months + 1 }, (_, month) => ({
    month,
    ...rangeOf(paths.map((path) => (month === 0 ? -prospect.capital : (path[month - 1] as number)))),
  }));
  const paybackMonths = Object.fromEntries(
    ([10, 50, 90] as const).flatMap((percent) => {
      const months = quantile(paybacks, percent / 100);
      return Number.isFinite(months) ? [[`p${percent}`, months]] : [];
    }),
  );
  const breakEven = breakEvenFactor(prospect, futures, within);
  const own = years[0] as PlanYear;
  const firstYear = rangeOf(paths.map((path) => ((path[11] as number) + prospect.capital) * MICRO));
  const parts = partsOf(plan, own);
  const minedKwh = own.mining.draw / 1e6;
  const minedMicro = parts.find(({ id }) => id === 'mined')?.micro ?? 0;
  return {
    futures: count,
    weatherYears: years.length,
    capitalMicro: Math.round(prospect.capital * MICRO),
    firstYearMicro: firstYear,
    paybackMonths,
    fan,
    ...(breakEven === undefined ? {} : { breakEvenPerBitcoin: breakEven * plan.economics.pricePerBitcoin }),
    parts,
    ...(minedKwh > 0 ? { minedPerKwh: minedMicro / MICRO / minedKwh } : {}),
    ...(plan.economics.heat.perKwh > 0 ? { heatPerKwh: plan.economics.heat.perKwh } : {}),
    verdict: decide({
      plan,
      year: own,
      parts,
      share,
      capital: prospect.capital,
      earnedInTime: (fan[Math.min(within, prospect.months)]?.p50 ?? 0) + prospect.capital,
      ...(breakEven === undefined ? {} : { breakEven }),
    }),
    sensitivity: sensitivityOf(plan, years),
    grid: paybackGrid(plan, years),
  };
}

function draw(plan: Plan, { months, years }: Prospect, random: Random): Future {
  const { price, difficultyCourse } = plan.economics;
  const priceLuck = chanceOf(price, months, random);
  const difficultyLuck = chanceOf(difficultyCourse, months, random);
  const weather = Uint8Array.from({ length: Math.ceil(months / 12) }, () =>
    Math.floor(random.uniform() * years.length),
  );
  return {
    luck: priceLuck.map((factor, m) => factor / (difficultyLuck[m] as number)),
    weather,
    repairs: Float64Array.from({ length: months }, () => repairs(plan, random)),
  };
}

/** Cost of the devices that fail in a month, by chance. */
function repairs({ loads }: Plan, random: Random): number {
  let cost = 0;
  for (const load of loads) {
    const each = failuresPerMonth({ loads: [load] } as Plan) / Math.max(1e-9, (load.count * load.failuresPerYear) / 12);
    cost += each * poisson((load.count * load.failuresPerYear) / 12, random);
  }
  return cost;
}

/** Knuth's; where many are expected, the normal comes near enough. */
function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  if (mean > 20) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let product = random.uniform();
  let count = 0;
  while (product > limit) {
    product *= random.uniform();
    count += 1;
  }
  return count;
}

/** Cumulated money after each month, the capital spent at the start. */
function pathOf(prospect: Prospect, { luck, weather, repairs: repair }: Future, priceFactor: number): Float64Array {
  const { months, years, worth, alive, upkeep } = prospect;
  const path = new Float64Array(months);
  let sum = -prospect.capital;
  for (let m = 0; m < months; m += 1) {
    const year = years[weather[Math.floor(m / 12)] as number] as CashMonth[];
    const running = alive[m] as number;
    const value = (worth[m] as number) * (luck[m] as number) * priceFactor;
    sum +=
      monthCash(year[m % 12] as CashMonth, value, running) - (upkeep + (repair[m] as number)) * (running > 0 ? 1 : 0);
    path[m] = sum;
  }
  return path;
}

/** Price factor at which half of the futures pay back in time, by halving the interval. */
function breakEvenFactor(prospect: Prospect, futures: readonly Future[], within: number): number | undefined {
  const half = (factor: number) => {
    let paid = 0;
    for (const future of futures) if (paybackOf(pathOf(prospect, future, factor)) <= within) paid += 1;
    return paid * 2 >= futures.length;
  };
  if (!half(MOST_FACTOR)) return undefined;
  if (half(0)) return 0;
  let low = 1e-3;
  let high = MOST_FACTOR;
  // Powers of two: 24 halvings of the logarithm leave an error under 0.0001 %.
  for (let i = 0; i < 24; i += 1) {
    const middle = Math.sqrt(low * high);
    if (half(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function rangeOf(values: readonly number[]): Range {
  const sorted = Float64Array.from(values).sort();
  return { p10: quantile(sorted, 0.1), p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;

/** The first year of the plan's own weather at today's price; costs are negative. */
function partsOf(plan: Plan, { earnings, fuelCostMicro, months }: PlanYear): PlanMoney['parts'] {
  const { heat, upkeepPerYear } = plan.economics;
  const warmKwh = months.reduce((sum, { mining }, i) => sum + (heat.months.includes(i + 1) ? mining.draw / 1e6 : 0), 0);
  const parts: PlanMoney['parts'] = [
    { id: 'mined', micro: earnings.minedMicro ?? 0 },
    { id: 'forgone-export', micro: -(earnings.forgoneExportMicro ?? 0) },
    { id: 'import', micro: -(earnings.importCostMicro ?? 0) },
    { id: 'battery', micro: -(earnings.batteryCostMicro ?? 0) },
    { id: 'paid-export', micro: earnings.paidExportAvoidedMicro ?? 0 },
    { id: 'fuel', micro: -fuelCostMicro },
    { id: 'heat', micro: Math.round(warmKwh * heat.perKwh * MICRO) },
    { id: 'upkeep', micro: -Math.round(upkeepPerYear * MICRO) },
    { id: 'failures', micro: -Math.round(failuresPerMonth(plan) * 12 * MICRO) },
  ];
  return parts.map(({ id, micro }) => ({ id, micro: micro === 0 ? 0 : micro }));
}
