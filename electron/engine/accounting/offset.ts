import { clamp } from '#shared/units.ts';

/**
 * What the grid meter shows although nothing of ours draws: its own offset and noise, and the small import that
 * zero-export inverters and batteries keep while they regulate the grid point.
 */
export interface GridBias {
  /** Mean of import − export while regulated with the loads off, W. */
  meanW: number;
  /** Mean absolute deviation from it, W. */
  deviationW: number;
  learnedMs: number;
}

// A class 1 meter of 5(100) A starts to count at 0.4 % of 5 A, about 5 W; twice that before anything is learned.
const UNLEARNED_BAND_W = 10;
const LEARN_AT_LEAST_MS = 120_000;
const TIME_CONSTANT_MS = 900_000;
// Inverters regulate to within about 100 W of zero; more is demand, not their habit.
const REGULATED_WITHIN_W = 100;
const LARGEST_MEAN_W = 60;
const LARGEST_BAND_W = 60;

export const unlearnedBias: GridBias = { meanW: 0, deviationW: 0, learnedMs: 0 };

/** @param netW import − export with the loads off @param regulated something holds the grid point near zero just now */
export function learnBias(bias: GridBias, netW: number, ms: number, regulated: boolean): GridBias {
  if (!regulated || Math.abs(netW) > REGULATED_WITHIN_W) return bias;
  const weight = Math.min(1, ms / Math.min(TIME_CONSTANT_MS, bias.learnedMs + ms));
  const meanW = bias.meanW + (netW - bias.meanW) * weight;
  const deviationW = bias.deviationW + (Math.abs(netW - meanW) - bias.deviationW) * weight;
  return { meanW, deviationW, learnedMs: bias.learnedMs + ms };
}

/** Import that our loads answer for, W: above the noise band, less the learned offset. */
export function importOfOurs(importW: number, bias: GridBias): number {
  const learned = bias.learnedMs >= LEARN_AT_LEAST_MS;
  const over = importW - (learned ? clamp(bias.meanW, 0, LARGEST_MEAN_W) : 0);
  // Three mean deviations hold 98 % of normal noise.
  const bandW = learned ? clamp(3 * bias.deviationW, UNLEARNED_BAND_W / 2, LARGEST_BAND_W) : UNLEARNED_BAND_W;
  return over > bandW ? over : 0;
}
