import { levelAtMost, type LoadSet } from '../loads.ts';

/** The baselines command one continuous power; for a set of loads it is filled from the largest load down. */
export function shareOut(set: LoadSet, powerW: number, into: Float64Array): Float64Array {
  let leftW = powerW;
  for (let at = 0; at < into.length; at++) {
    const load = set.loads[at];
    const level = load === undefined ? 0 : levelAtMost(load, leftW);
    into[at] = level;
    leftW -= level;
  }
  return into;
}
