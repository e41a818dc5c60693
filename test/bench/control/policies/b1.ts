import type { Policy, PolicyContext } from '../policy.ts';
import { shareOut } from './share-out.ts';

const PERIOD_S = 30;
const ENABLE_DELAY_S = 60;
const DISABLE_DELAY_S = 180;

/** The PV mode of a well-known charging controller, as a continuous load with all state-of-charge thresholds at 0. */
export function b1({ set }: PolicyContext): Policy {
  const setpoints = new Float64Array(set.loads.length);
  let enabled = false;
  let timerSince: number | undefined;
  let outputW = 0;

  /** Watts to run at. `siteW` is grid import plus battery discharge, negative when there is power to spare. */
  function next(t: number, drawW: number, siteW: number): number {
    const targetW = Math.max(0, drawW - siteW);
    if (enabled && targetW < set.minW) {
      if (siteW < 0) {
        timerSince = undefined;
        return set.minW;
      }
      timerSince ??= t;
      return t - timerSince >= DISABLE_DELAY_S ? 0 : set.minW;
    }
    if (!enabled) {
      if (targetW < set.minW) {
        timerSince = undefined;
        return 0;
      }
      timerSince ??= t;
      return t - timerSince >= ENABLE_DELAY_S ? set.minW : 0;
    }
    timerSince = undefined;
    return Math.min(targetW, set.maxW);
  }

  return {
    id: 'B1',
    free: false,
    decide(seen) {
      if (seen.t % PERIOD_S !== 0) return setpoints;
      // Off-grid there is no grid meter to read in error: the grid is taken as 0.
      const offGrid = seen.chargerStage !== undefined;
      if (!offGrid && (seen.importW === undefined || seen.exportW === undefined)) return setpoints;
      const gridW = (seen.importW ?? 0) - (seen.exportW ?? 0);
      const batteryW = (seen.dischargeW ?? 0) - (seen.chargeW ?? 0);
      const wasEnabled = enabled;
      outputW = next(seen.t, seen.drawW, gridW + batteryW);
      enabled = outputW >= set.minW;
      if (enabled !== wasEnabled) timerSince = undefined;
      return shareOut(set, outputW, setpoints);
    },
    reason: () => (enabled ? 'enabled' : timerSince === undefined ? 'disabled' : 'timer'),
  };
}
