import { chance, smoothNoise } from './noise.ts';
import type { SiteSeconds } from './weather.ts';

/** An appliance that may be switched on once in every `everyS`, more likely at some hours. */
interface Appliance {
  everyS: number;
  powerW: number;
  durationS: number;
  likelihood: (hour: number) => number;
  /** Heaters that cycle: seconds on and off. */
  cycle?: readonly [number, number];
}

export interface Household {
  baseW: number;
  /** Slow swing of people at home, W. */
  swingW: number;
  fridgeW: number;
  appliances: readonly Appliance[];
}

const at =
  (...windows: (readonly [number, number, number])[]) =>
  (hour: number): number =>
    windows.find(([from, to]) => hour >= from && hour < to)?.[2] ?? 0;

const kettle = {
  everyS: 1800,
  powerW: 2100,
  durationS: 150,
  likelihood: at([6.5, 9.5, 0.45], [9.5, 22, 0.16]),
} satisfies Appliance;
const oven = {
  everyS: 7200,
  powerW: 1900,
  durationS: 2700,
  likelihood: at([12, 13, 0.3], [18, 20, 0.75]),
  cycle: [70, 50],
} satisfies Appliance;
const washing = {
  everyS: 21_600,
  powerW: 2000,
  durationS: 1100,
  likelihood: at([6, 12, 0.25], [12, 18, 0.4]),
} satisfies Appliance;
const milking = {
  everyS: 3600,
  powerW: 1800,
  durationS: 3300,
  likelihood: at([5, 7, 1], [17, 19, 1]),
  cycle: [300, 60],
} satisfies Appliance;

export const HOUSE: Household = { baseW: 190, swingW: 160, fridgeW: 85, appliances: [kettle, oven, washing] };
export const FARM: Household = { baseW: 480, swingW: 420, fridgeW: 350, appliances: [kettle, milking, washing] };
export const CABIN: Household = {
  baseW: 110,
  swingW: 90,
  fridgeW: 60,
  appliances: [
    { ...kettle, powerW: 1200 },
    { ...oven, powerW: 1100 },
  ],
};

/** @returns W the household draws, our loads left out */
export function demandW(seed: number, t: SiteSeconds, home: Household): number {
  let total = home.baseW + home.swingW * smoothNoise(seed + 41, t / 2700) + 4 * smoothNoise(seed + 42, t / 2);
  if (smoothNoise(seed + 43, t / 1500) > 0.5) total += home.fridgeW;
  for (const [index, appliance] of home.appliances.entries()) total += applianceW(seed + 50 + index, t, appliance);
  return total;
}

function applianceW(seed: number, t: SiteSeconds, appliance: Appliance): number {
  const slot = Math.floor(t / appliance.everyS);
  const hour = ((slot * appliance.everyS) / 3600) % 24;
  if (chance(seed, slot) >= appliance.likelihood(hour)) return 0;
  const startS = slot * appliance.everyS + chance(seed + 500, slot) * (appliance.everyS - appliance.durationS);
  const since = t - startS;
  if (since < 0 || since >= appliance.durationS) return 0;
  const [on, off] = appliance.cycle ?? [1, 0];
  return since % (on + off) < on ? appliance.powerW : 0;
}
