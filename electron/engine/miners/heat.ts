import type { LoadModel } from '#shared/control.ts';
import { largestW } from './levels.ts';

// Firmware protects itself late: AxeOS at 75 °C, where it lowers its clock for good (miners.md 1.8), most ASICs at
// 85-95 °C of the board or a little more of the chip.
const SMALL = { warnC: 72, stopC: 74 };
const LARGE = { warnC: 88, stopC: 95 };
const SMALL_W = 150;
/** A warning comes so many degrees before the owner's own limit. */
const BEFORE_C = 3;

/** From which temperature a miner's owner is warned, and above which it is stopped. */
export function hotC(model: LoadModel | undefined, drawW?: number): { warnC: number; stopC: number } {
  if (model?.maxTemperatureC !== undefined)
    return { warnC: model.maxTemperatureC - BEFORE_C, stopC: model.maxTemperatureC };
  return (model ? largestW(model.levels) : (drawW ?? Infinity)) < SMALL_W ? SMALL : LARGE;
}
