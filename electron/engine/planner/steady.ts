import type { SourceOf } from '#shared/plan.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import { seededRandom, seedFor } from './random.ts';

const WATER_KG_M3 = 1000;
const GRAVITY = 9.80665;
/** Rain and drought remember themselves so many days; spread of the logarithm of the flow within a month. */
const RIVER_DAYS = 8;
const RIVER_SPREAD = 0.25;
/** An outage lasts so many days. */
const OUTAGE_DAYS = 4;

/** W of a flow through the turbine: density × gravity × flow × head × efficiency, up to its rating. */
export function hydroW(source: SourceOf<'hydro'>, riverM3s: number): number {
  const usableM3s = riverM3s - source.residualM3s;
  if (usableM3s <= 0 || usableM3s < source.leastM3s) return 0;
  return Math.min(source.ratedW, (WATER_KG_M3 * GRAVITY * usableM3s * source.headM * source.efficiencyPercent) / 100);
}

export function hydroYear(source: SourceOf<'hydro'>, year: CalendarYear, seed: number): Float32Array {
  const { normal } = seededRandom(seedFor(seed, 3));
  const powerW = new Float32Array(YEAR_MINUTES);
  const keep = Math.exp(-1 / RIVER_DAYS);
  let wet = normal();
  let day = -1;
  let nowW = 0;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const today = year.day[i] as number;
    if (today !== day) {
      day = today;
      wet = keep * wet + Math.sqrt(1 - keep * keep) * normal();
      const mean = source.flowM3s[year.month[i] as number] as number;
      nowW = hydroW(source, mean * Math.exp(RIVER_SPREAD * wet - RIVER_SPREAD ** 2 / 2));
    }
    powerW[i] = nowW;
  }
  return powerW;
}

/** W at the engine's terminals; 0 where the gas does not carry its minimum. */
export function flareW(source: SourceOf<'flare'>, gasM3PerHour: number): number {
  const fromGasW = (gasM3PerHour * source.kwhPerM3 * 1000 * source.efficiencyPercent) / 100;
  const powerW = Math.min(source.ratedW, fromGasW);
  return powerW < (source.ratedW * source.minimumPercent) / 100 ? 0 : powerW;
}

export function flareYear(source: SourceOf<'flare'>, year: CalendarYear): Float32Array {
  const byMonth = source.gasM3PerHour.map((gas) => flareW(source, gas));
  return Float32Array.from({ length: YEAR_MINUTES }, (_, i) => byMonth[year.month[i] as number] as number);
}

export function geothermalYear(source: SourceOf<'geothermal'>, seed: number): Float32Array {
  const { uniform } = seededRandom(seedFor(seed, 4));
  const powerW = new Float32Array(YEAR_MINUTES);
  const out = 1 - source.availabilityPercent / 100;
  let down = uniform() < out;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    // Two states whose shares and mean lengths come out as asked.
    if (i % 1440 === 0) {
      const back = 1 / OUTAGE_DAYS;
      const fail = out >= 1 ? 1 : (back * out) / (1 - out);
      down = down ? out > 0 && uniform() >= back : uniform() < fail;
    }
    powerW[i] = down ? 0 : source.ratedW;
  }
  return powerW;
}
