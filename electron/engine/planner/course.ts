import type { Course, PlanEconomics } from '#shared/plan.ts';
import { subsidySat } from '#engine/accounting/earnings.ts';
import type { Random } from './random.ts';

const BLOCKS_PER_MONTH = (365.25 * 24 * 6) / 12;
const BLOCKS_PER_HALVING = 210_000;

/** How many times today's a figure is in the middle of each month, chance left out. */
export function courseOf(course: Course, months: number, height: number): Float64Array {
  const factors = new Float64Array(months);
  for (let m = 0; m < months; m += 1) factors[m] = factorAt(course, m + 0.5, height);
  return factors;
}

function factorAt(course: Course, month: number, height: number): number {
  const years = month / 12;
  switch (course.kind) {
    case 'flat':
      return 1;
    case 'drift':
      return (1 + course.percentPerYear / 100) ** years;
    case 'halving':
      return course.factor ** (halvings(height, month) - halvings(height, 0));
    case 'own': {
      const at = Math.min(years, course.factors.length);
      const before = at < 1 ? 1 : (course.factors[Math.ceil(at) - 2] as number);
      const after = course.factors[Math.max(0, Math.ceil(at) - 1)] as number;
      return before * (after / before) ** (at - Math.max(0, Math.ceil(at) - 1));
    }
  }
}

const halvings = (height: number, month: number): number =>
  Math.floor((height + month * BLOCKS_PER_MONTH) / BLOCKS_PER_HALVING);

/** Chance on top: a random walk of the logarithm, whose median is 1. */
export function chanceOf({ volatilityPercent }: Course, months: number, random: Random): Float64Array {
  const step = volatilityPercent / 100 / Math.sqrt(12);
  const factors = new Float64Array(months);
  let log = 0;
  for (let m = 0; m < months; m += 1) {
    // The middle of the first month is half a month away.
    log += step * (m === 0 ? Math.SQRT1_2 : 1) * random.normal();
    factors[m] = Math.exp(log);
  }
  return factors;
}

/** Reward of a block against today's, month by month: the halvings ahead are known. */
export function rewardOf({ height, feesPerBlockSat }: PlanEconomics, months: number): Float64Array {
  const today = subsidySat(height) + feesPerBlockSat;
  return Float64Array.from(
    { length: months },
    (_, m) => (subsidySat(Math.floor(height + (m + 0.5) * BLOCKS_PER_MONTH)) + feesPerBlockSat) / today,
  );
}
