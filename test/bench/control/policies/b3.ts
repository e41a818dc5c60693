import type { Policy, PolicyContext } from '../policy.ts';
import { shareOut } from './share-out.ts';

const PERIOD_S = 60;
const LONG_SAMPLES = 30;
const SHORT_SAMPLES = 5;
const START_ABOVE_W = 150;
const STOP_BELOW_W = 20;
const SHARE = 0.95;
const STEP_W = 250;
const RUN_LOCK_S = 30 * 60;
const CHANGE_LOCK_S = 15 * 60;
const IDLE_LOCK_S = 5 * 60;

/** Solar-mining defaults: medians of one-minute surpluses, 250 W steps and long locks. */
export function b3({ set }: PolicyContext): Policy {
  const setpoints = new Float64Array(set.loads.length);
  const surpluses: number[] = [];
  let powerW = 0;
  let switchedAt = Number.NEGATIVE_INFINITY;
  let changedAt = Number.NEGATIVE_INFINITY;

  function next(t: number): number {
    const longW = median(surpluses);
    const steppedW = Math.floor((SHARE * median(surpluses.slice(-SHORT_SAMPLES))) / STEP_W) * STEP_W;
    if (powerW === 0) {
      const start = surpluses.length === LONG_SAMPLES && longW > START_ABOVE_W && t - switchedAt >= IDLE_LOCK_S;
      return start ? clamp(steppedW) : 0;
    }
    const locked = t - switchedAt < RUN_LOCK_S;
    if (!locked && (longW < STOP_BELOW_W || steppedW < set.minW)) return 0;
    return t - changedAt >= CHANGE_LOCK_S ? clamp(steppedW) : powerW;
  }
  const clamp = (watts: number) => Math.min(set.maxW, Math.max(set.minW, watts));

  return {
    id: 'B3',
    free: false,
    decide(seen) {
      if (seen.t % PERIOD_S !== 0) return setpoints;
      if (seen.chargerStage === undefined && (seen.importW === undefined || seen.exportW === undefined))
        return setpoints;
      surpluses.push((seen.exportW ?? 0) - (seen.importW ?? 0) + seen.drawW);
      if (surpluses.length > LONG_SAMPLES) surpluses.shift();
      const nextW = next(seen.t);
      if (nextW > 0 !== powerW > 0) switchedAt = seen.t;
      if (nextW !== powerW) changedAt = seen.t;
      powerW = nextW;
      return shareOut(set, powerW, setpoints);
    },
    reason: () => (powerW > 0 ? 'running' : 'idle'),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
