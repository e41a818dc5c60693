import type { SourceOf } from '#shared/plan.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import { normalShare, seededRandom, seedFor } from './random.ts';

/** How long weather and gusts remember themselves, min. */
const WEATHER_MIN = 900;
const TURBULENCE_MIN = 1.5;
/** Standard deviation of the wind within minutes, share of its mean ; low over ground it is higher than the 0.12 to 0.16 of IEC 61400-1 at 15 m/s. */
const TURBULENCE = 0.17;

type Wind = SourceOf<'wind'>;

/** W, minute by minute. @param mps measured wind where the plan has it */
export function windYear(source: Wind, year: CalendarYear, seed: number, mps?: Float32Array): Float32Array {
  const speeds = mps ?? windSpeeds(source, year, seed);
  const power = powerCurve(source);
  const powerW = new Float32Array(YEAR_MINUTES);
  for (let i = 0; i < YEAR_MINUTES; i += 1) powerW[i] = power(speeds[i] as number);
  return powerW;
}

/** Weibull by a normal that remembers: the distribution is exact, the calm and the storm last as weather does. */
export function windSpeeds(source: Wind, year: CalendarYear, seed: number): Float32Array {
  const { normal } = seededRandom(seedFor(seed, 2));
  const speeds = new Float32Array(YEAR_MINUTES);
  const shape = 1 / source.weibullShape;
  const meanOfOne = gamma(1 + shape);
  const keep = Math.exp(-1 / WEATHER_MIN);
  const renew = Math.sqrt(1 - keep * keep);
  const keepGust = Math.exp(-1 / TURBULENCE_MIN);
  const renewGust = Math.sqrt(1 - keepGust * keepGust);
  let weather = normal();
  let gust = 0;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    weather = keep * weather + renew * normal();
    gust = keepGust * gust + renewGust * normal();
    const night = Math.cos((2 * Math.PI * ((year.minuteOfDay[i] as number) - 120)) / 1440);
    const scale = (source.meanMps[year.month[i] as number] as number) / meanOfOne;
    const steady = scale * (-Math.log(Math.max(1e-9, 1 - normalShare(weather)))) ** shape;
    speeds[i] = Math.max(0, steady * (1 + source.nightShare * night) * (1 + TURBULENCE * gust));
  }
  return speeds;
}

/** @returns W at a wind speed: the table on straight lines, else cubic from cut-in to rated */
export function powerCurve({ curve, ratedW, cutInMps, ratedMps, cutOutMps }: Wind): (mps: number) => number {
  const cubic = (mps: number) =>
    ratedW * Math.min(1, (mps ** 3 - cutInMps ** 3) / Math.max(1e-9, ratedMps ** 3 - cutInMps ** 3));
  const table = (mps: number) => {
    const points = curve as NonNullable<Wind['curve']>;
    const next = points.findIndex((point) => point.mps >= mps);
    const high = points[next < 0 ? points.length - 1 : next] as (typeof points)[number];
    const low = points[Math.max(0, (next < 0 ? points.length : next) - 1)] as (typeof points)[number];
    if (high.mps === low.mps) return high.powerW;
    return low.powerW + ((high.powerW - low.powerW) * (mps - low.mps)) / (high.mps - low.mps);
  };
  return (mps) => (mps < cutInMps || mps >= cutOutMps ? 0 : Math.max(0, curve ? table(mps) : cubic(mps)));
}

/** Lanczos' approximation (g = 7), good to 1e-13 for the arguments of a Weibull's mean. */
export function gamma(x: number): number {
  const z = x - 1;
  let sum = 0.999_999_999_999_809_9;
  for (const [i, c] of LANCZOS.entries()) sum += c / (z + i + 1);
  const t = z + 7.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}
const LANCZOS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];
