import type { Policy, PolicyContext } from '../policy.ts';
import { shareOut } from './share-out.ts';

const START_AFTER_STOP_S = 30;
const STOP_AFTER_START_S = 120;

/** Excess-power controller of an open energy management system: every second, all that is left, with two locks. */
export function b2({ set }: PolicyContext): Policy {
  const setpoints = new Float64Array(set.loads.length);
  let running = false;
  let switchedAt = Number.NEGATIVE_INFINITY;

  function next(t: number, excessW: number): number {
    const wanted = excessW >= set.minW;
    if (running === wanted) return wanted ? Math.min(excessW, set.maxW) : 0;
    if (t - switchedAt < (running ? STOP_AFTER_START_S : START_AFTER_STOP_S)) return running ? set.minW : 0;
    running = wanted;
    switchedAt = t;
    return wanted ? Math.min(excessW, set.maxW) : 0;
  }

  return {
    id: 'B2',
    free: false,
    decide(seen) {
      // A missing grid value counts as 0, so the load holds.
      const gridW = (seen.importW ?? 0) - (seen.exportW ?? 0);
      const batteryW = (seen.dischargeW ?? 0) - (seen.chargeW ?? 0);
      return shareOut(set, next(seen.t, seen.drawW - gridW - batteryW), setpoints);
    },
    reason: () => (running ? 'excess' : 'none'),
  };
}
