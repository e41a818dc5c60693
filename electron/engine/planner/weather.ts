import type { Plan, PlanSource } from '#shared/plan.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import { profileYear } from './demand.ts';
import { pvYear } from './pv.ts';
import { flareYear, geothermalYear, hydroYear } from './steady.ts';
import { windYear } from './wind.ts';

/** What a year brings before anybody decides anything: W, minute by minute. */
export interface WeatherYear {
  potentialW: Float32Array;
  /** The engines' own use included. */
  demandW: Float32Array;
}

/** Rows that the owner brought: measured wind (m/s) by source number, and demand (W); a whole year each. */
export interface Brought {
  windMps?: Record<number, Float32Array>;
  demandW?: Float32Array;
}

export function weatherYear(plan: Plan, year: CalendarYear, seed: number, brought: Brought = {}): WeatherYear {
  const potentialW = new Float32Array(YEAR_MINUTES);
  const demandW = brought.demandW ? Float32Array.from(brought.demandW) : demandOf(plan, year, seed);
  for (const [index, source] of plan.sources.entries()) {
    const powerW = sourceYear(plan, source, year, seed + 1000 * index, brought.windMps?.[index]);
    if (powerW === undefined) continue;
    const ownUseW = 'ownUseW' in source ? source.ownUseW : 0;
    for (let i = 0; i < YEAR_MINUTES; i += 1) {
      const made = powerW[i] as number;
      potentialW[i] = (potentialW[i] as number) + made;
      if (made > 0 && ownUseW > 0) demandW[i] = (demandW[i] as number) + ownUseW;
    }
  }
  return { potentialW, demandW };
}

function sourceYear(
  plan: Plan,
  source: PlanSource,
  year: CalendarYear,
  seed: number,
  mps: Float32Array | undefined,
): Float32Array | undefined {
  switch (source.kind) {
    case 'pv':
      return pvYear(source, plan, year, seed);
    case 'wind':
      return windYear(source, year, seed, mps);
    case 'hydro':
      return hydroYear(source, year, seed);
    case 'flare':
      return flareYear(source, year);
    case 'geothermal':
      return geothermalYear(source, seed);
    case 'contracted':
      // Bought, not made: an allowance of the grid connection.
      return undefined;
  }
}

function demandOf({ demand, latitude }: Plan, year: CalendarYear, seed: number): Float32Array {
  if (demand.kind === 'profile') return profileYear(demand, year, latitude, seed);
  return new Float32Array(YEAR_MINUTES);
}
