import type { ControlSettings } from '#shared/control.ts';
import type { SkyState } from './forecast.ts';
import { POLICY } from './policy.ts';
import type { SiteView } from './surplus.ts';

export interface Reserve {
  /** Left alone at every tick: owner's reserve, noise, slow meter, estimated draws. */
  baseW: number;
  /** Left alone besides when a setpoint is raised or newly lowered: how far the surplus falls before we can act again. */
  raiseW: number;
  lowerW: number;
}

/** Meters slower than this leave us blind for longer. */
const SLOW_METER_S = 10;

export function reserveFor(settings: ControlSettings, sky: SkyState, view: SiteView): Reserve {
  const blind = settings.meterPollS > SLOW_METER_S || view.ageMs > SLOW_METER_S * 1000;
  const blindS = Math.max(settings.meterPollS, view.ageMs / 1000);
  const fallW = sky.fallW;
  const baseW =
    settings.reserveW +
    POLICY.jitters * Math.min(sky.jitterW, 25) +
    (blind ? fallW * (blindS / 10) : 0) +
    0.1 * view.estimatedDrawW;
  return { baseW, raiseW: POLICY.raiseFalls * fallW, lowerW: POLICY.lowerFalls * fallW };
}
