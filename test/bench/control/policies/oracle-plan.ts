import type { LoadModel } from '#shared/control.ts';
import { levelAtMost, maxOf, minOf } from '../loads.ts';
import { IMPORT_WEIGHT } from '../metrics.ts';

/** What a second of draw costs or brings, per watt. */
export interface Worth {
  /** Left after demand and the battery's charge. */
  availableW: Float64Array;
  /** Left after demand. */
  surplusW: Float64Array;
  /** Weight of draw beyond `surplusW`, on top of its not counting. */
  beyondSurplus: number;
}

/** Grid-fed energy weighs as in the score; battery-fed must be charged again later through 95 % each way. */
export const BEYOND_GRID = IMPORT_WEIGHT;
export const BEYOND_BATTERY = 1 / 0.95 ** 2;

export interface Plan {
  /** A setpoint a second. */
  setpointW: Float64Array;
  drawW: Float64Array;
  starts: number;
}

/** Grid of powers: one and a half steps of the slower ramp, so that ramping does not smear over it. */
const GRID_PER_RAMP = 1.5;
const MOST_LEVELS = 300;
/** After the last light nothing is worth running; a little longer, so that ramps and starts end. */
const AFTERGLOW_S = 300;

/**
 * Best start and stop times of one load with perfect foresight, by dynamic programming backward over the seconds. While
 * it runs, its power follows what is available within its ramps; `startCost` (W·s) is charged for every start.
 */
export function planLoad(load: LoadModel, worth: Worth, startCost: number): Plan {
  const seconds = worth.surplusW.length;
  const topW = Math.max(maxOf(load), load.startW);
  const leastW = minOf(load);
  const slowestWps = Math.min(load.rampUpWps, load.rampDownWps);
  const levels = 1 + Math.min(MOST_LEVELS, Math.max(4, Math.ceil((GRID_PER_RAMP * topW) / slowestWps)));
  const stepW = topW / (levels - 1);
  const isLight = (availableW: number) => availableW > 0;
  const first = Math.max(0, worth.availableW.findIndex(isLight) - load.startS - AFTERGLOW_S);
  const last = Math.min(seconds - 1, worth.availableW.findLastIndex(isLight) + AFTERGLOW_S);
  const targets = Float64Array.from(worth.availableW, (availableW) => levelAtMost(load, availableW) || minOf(load));
  const starting = startingCosts(load, worth);
  const stops = new Uint8Array(seconds * levels);
  const startHere = new Uint8Array(seconds);
  // Values from second t on: running, ramping down, off. `offLater` keeps them back to the end of a start.
  let on = new Float64Array(levels);
  let onNext = new Float64Array(levels);
  let down = new Float64Array(levels);
  let downNext = new Float64Array(levels);
  const runFrom = new Float64Array(seconds + 1);
  let off = 0;

  for (let t = last; t >= first; t--) {
    const readyAt = t + load.startS;
    const start =
      readyAt < seconds
        ? (runFrom[readyAt] ?? 0) - (starting[readyAt] ?? 0) + (starting[t] ?? 0) - startCost
        : Number.NEGATIVE_INFINITY;
    if (start > off) {
      off = start;
      startHere[t] = 1;
    }
    const availableW = worth.availableW[t] ?? 0;
    const surplusW = worth.surplusW[t] ?? 0;
    const targetW = targets[t] ?? 0;
    const worthOf = (drawW: number) =>
      (drawW >= leastW ? fed(drawW, availableW) : 0) -
      worth.beyondSurplus * beyond(drawW, surplusW) +
      at(onNext, drawW / stepW);
    const settledValue = worthOf(targetW);
    for (let level = 0; level < levels; level++) {
      const powerW = level * stepW;
      const lowerW = powerW - load.rampDownWps;
      const stop = lowerW <= 0 ? off : -worth.beyondSurplus * beyond(lowerW, surplusW) + at(downNext, lowerW / stepW);
      let run = settledValue;
      if (powerW + load.rampUpWps < targetW || lowerW > targetW) {
        run = worthOf(lowerW > targetW ? lowerW : powerW + load.rampUpWps);
      }
      down[level] = stop;
      if (stop > run) stops[t * levels + level] = 1;
      on[level] = Math.max(run, stop);
    }
    runFrom[t] = at(on, load.startW / stepW);
    [on, onNext] = [onNext, on];
    [down, downNext] = [downNext, down];
  }
  return follow(load, targets, (t, powerW) => stops[t * levels + Math.round(powerW / stepW)] === 1, startHere);
}

/** The plan as the load will live it. */
function follow(
  load: LoadModel,
  targets: Float64Array,
  stopsAt: (t: number, powerW: number) => boolean,
  startHere: Uint8Array,
): Plan {
  const seconds = targets.length;
  const setpointW = new Float64Array(seconds);
  const drawW = new Float64Array(seconds);
  let starts = 0;
  let powerW = 0;
  let readyAt = -1;
  for (let t = 0; t < seconds; t++) {
    if (readyAt < 0 && startHere[t] === 1 && powerW <= load.rampDownWps) {
      readyAt = t + load.startS;
      starts++;
    } else if (readyAt >= 0 && t >= readyAt && stopsAt(t, powerW)) readyAt = -1;
    const targetW = targets[t] ?? 0;
    if (readyAt < 0) powerW = Math.max(load.standbyW, powerW - load.rampDownWps);
    else if (t < readyAt) powerW = load.startW;
    else
      powerW =
        powerW < targetW ? Math.min(targetW, powerW + load.rampUpWps) : Math.max(targetW, powerW - load.rampDownWps);
    setpointW[t] = readyAt < 0 ? 0 : targetW;
    drawW[t] = powerW;
  }
  return { setpointW, drawW, starts };
}

const beyond = (drawW: number, surplusW: number): number => Math.min(drawW, Math.max(0, drawW - surplusW));

/** What hashes without touching the battery's charge. */
const fed = (drawW: number, availableW: number): number => Math.min(drawW, Math.max(0, availableW));

/** Sums from each second to the end, so that the cost of a start is a difference of two. */
function startingCosts(load: LoadModel, worth: Worth): Float64Array {
  const seconds = worth.surplusW.length;
  const costs = new Float64Array(seconds + 1);
  for (let t = seconds - 1; t >= 0; t--)
    costs[t] = (costs[t + 1] ?? 0) - worth.beyondSurplus * beyond(load.startW, worth.surplusW[t] ?? 0);
  return costs;
}

function at(values: Float64Array, place: number): number {
  const low = Math.floor(place);
  const value = values[low] ?? 0;
  const share = place - low;
  return share === 0 ? value : value + share * ((values[low + 1] ?? value) - value);
}
