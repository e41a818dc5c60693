import type { Decision, StepInput } from '#shared/control.ts';
import type { ControlState } from './state.ts';
import type { SiteView } from './surplus.ts';

/** Power beyond the surplus that the owner asked for, for one load or all, until its end. */
export interface Boost {
  /** 0: it is over. */
  powerW: number;
  /** Absent: every load may have it. */
  loadId?: string | undefined;
  /** Bought or taken from the battery so far, Wh. */
  usedWh: number;
  ended?: 'time' | 'energy' | 'battery';
}

/** What a load draws on its way down after its boost was asked for as well, ms. */
const TAIL_MS = 60_000;
/** A battery that only regulates; longer and stronger, it feeds. */
const RESTING_W = 50;
const DISCHARGE_MS = 30_000;

/** Import up to the owner's figure and the battery's discharge down to his percent, until time, energy or battery is used up. */
export function boostNow(state: ControlState, input: StepInput, view: SiteView, dtS: number): Boost | undefined {
  const { wish, tickMs } = input;
  const { boost } = wish;
  if (wish.mode !== 'boost' || boost === undefined) return undefined;
  if (state.boostUntilMs !== boost.untilMs) {
    state.boostUntilMs = boost.untilMs;
    state.boostWs = 0;
    state.boostBesideMs = tickMs;
    state.boostEnded = null;
  }
  // The house's own import is none of the boost's.
  state.boostWs += Math.min(view.drawW, view.importW + view.dischargeW) * dtS;
  const usedWh = state.boostWs / 3600;
  const batteryW = fromBatteryW(input, view.socPercent);
  // An inverter feeds its battery to whatever draws: what may not come from there cannot be bought instead.
  if (batteryW > 0 || view.dischargeW <= RESTING_W) state.boostBesideMs = tickMs;
  // What the owner's import limit would take back at once is not asked for.
  const importW = Math.min(boost.importW, input.settings.importLimitW ?? Infinity);
  if (tickMs >= boost.untilMs) state.boostEnded ??= 'time';
  else if (boost.energyWh !== undefined && usedWh >= boost.energyWh) state.boostEnded ??= 'energy';
  else if (tickMs - state.boostBesideMs > DISCHARGE_MS) state.boostEnded ??= 'battery';
  else if (importW + batteryW === 0 && view.socPercent !== undefined) state.boostEnded ??= 'battery';
  if (state.boostEnded !== null) return { powerW: 0, loadId: boost.loadId, usedWh, ended: state.boostEnded };
  if (importW + batteryW > 0) state.boostAtMs = tickMs;
  return { powerW: importW + batteryW, loadId: boost.loadId, usedWh };
}

function fromBatteryW({ wish: { boost }, settings: { battery } }: StepInput, socPercent: number | undefined): number {
  if (battery === undefined || boost?.batteryToPercent === undefined || socPercent === undefined) return 0;
  return socPercent > Math.max(boost.batteryToPercent, battery.floorPercent + 1) ? battery.maxDischargeW : 0;
}

/** @returns W that this load may have beyond the surplus; 0: none */
export const boostOf = (boost: Boost | undefined, loadId: string): number =>
  boost !== undefined && (boost.loadId ?? loadId) === loadId ? boost.powerW : 0;

/** As the decision tells it: also while the loads come down after the end. */
export function boostTold(state: ControlState, boost: Boost | undefined, nowMs: number): Decision['boost'] {
  const tail = state.boostAtMs >= 0 && nowMs - state.boostAtMs < TAIL_MS;
  if (boost === undefined && !tail) return undefined;
  return {
    active: boost !== undefined && boost.powerW > 0,
    usedWh: boost?.usedWh ?? state.boostWs / 3600,
    ...(boost?.ended === undefined ? {} : { ended: boost.ended }),
  };
}
