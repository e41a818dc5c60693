import { normalShare, seededRandom, seedFor } from './random.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';

/**
 * Light on the ground, minute by minute, as a share of a clear sky's: 1 is clear, edges of clouds add a little.
 * A day's clearness follows the months' means and yesterday's weather; within a day clouds come and go, each with a
 * depth and a length of its own. The constants are fitted to measured days (test/planner/sky.test.ts).
 */
const DULLEST = 0.12;
const CLEAREST = 1.02;
/** Likeness of one day's weather to the next. */
const DAY_TO_DAY = 0.35;
/** Light through the middle of a passing cloud. */
const CLOUD_LIGHT = 0.38;
const CLOUD_SPREAD = 0.14;
/** Mean length of a cloud, min, and spread of its logarithm. */
const CLOUD_MIN = 7;
const CLOUD_LOG_SPREAD = 1.1;
/** A cloud's edge takes so long to pass over the plant, min; within clouds the light moves by this share over some minutes. */
const EDGE_MIN = 1.3;
const STIR_SPREAD = 0.12;
const STIR_MIN = 6;
/** A closed cover still moves: share, and how long it takes, min. */
const GREY_SPREAD = 0.22;
const GREY_MIN = 25;

/** Thin cloud between the clouds, the more of it the more there are. */
const HAZE = 0.03;
const FOLLOW = 1 - Math.exp(-1 / EDGE_MIN);

/** @param clearIndex mean share of a clear sky's light by month, 0..1 */
export function skyOfYear(year: CalendarYear, clearIndex: readonly number[], seed: number): Float32Array {
  const { uniform, normal } = seededRandom(seedFor(seed, 1));
  const light = new Float32Array(YEAR_MINUTES);
  let day = -1;
  let likeness = normal();
  let mean = 0;
  let grey = 0;
  let stir = 0;
  let seen = 1;
  let cloud = false;
  let depth = CLOUD_LIGHT;
  let leftMin = 0;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const today = year.day[i] as number;
    if (today !== day) {
      day = today;
      likeness = DAY_TO_DAY * likeness + Math.sqrt(1 - DAY_TO_DAY ** 2) * normal();
      mean = dayMean(clearIndex[year.month[i] as number] as number, normalShare(likeness));
    }
    grey += (-grey + Math.sqrt(2 * GREY_MIN) * normal()) / GREY_MIN;
    stir += (-stir + Math.sqrt(2 * STIR_MIN) * normal()) / STIR_MIN;
    const closed = mean < CLOUD_LIGHT + 0.04;
    if (closed) {
      const moving = GREY_SPREAD * grey + (STIR_SPREAD / 2) * stir;
      seen = mean * Math.exp(moving - (GREY_SPREAD ** 2 + (STIR_SPREAD / 2) ** 2) / 2);
      light[i] = seen;
      continue;
    }
    const covered = Math.min(0.97, Math.max(0, (CLEAREST - mean) / (CLEAREST - CLOUD_LIGHT)));
    let restMin = 1;
    let sum = 0;
    while (restMin > 0) {
      if (leftMin <= 0) {
        cloud = !cloud;
        const meanMin = cloud ? CLOUD_MIN : (CLOUD_MIN * (1 - covered)) / Math.max(0.002, covered);
        leftMin = meanMin * Math.exp(CLOUD_LOG_SPREAD * normal() - CLOUD_LOG_SPREAD ** 2 / 2);
        if (cloud) depth = Math.max(0.08, CLOUD_LIGHT + CLOUD_SPREAD * (2 * uniform() - 1) * 1.7);
      }
      const spanMin = Math.min(restMin, leftMin);
      sum += spanMin * (cloud ? depth * (1 + STIR_SPREAD * stir) : CLEAREST);
      leftMin -= spanMin;
      restMin -= spanMin;
    }
    seen += (sum - seen) * FOLLOW;
    light[i] = Math.max(0, seen * (1 + HAZE * covered * stir));
  }
  return light;
}

/** A power of an even draw has the wanted mean and many days near the clear end, as measured days have. */
function dayMean(monthMean: number, even: number): number {
  const span = CLEAREST - DULLEST;
  const wanted = Math.min(CLEAREST - 0.005, Math.max(DULLEST + 0.01, monthMean));
  return DULLEST + span * even ** (span / (wanted - DULLEST) - 1);
}
