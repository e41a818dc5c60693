import type { LoadModel } from '#shared/control.ts';
import type { Tick } from './context.ts';
import { boostOf } from './boost.ts';
import { beginProbe, endProbe, hopedSurplusW, mayProbe, probeSpent, takenBackInTime } from './hidden-surplus.ts';
import { POLICY } from './policy.ts';
import { verdict, wholeW, type Verdict } from './reasons.ts';
import { drawAt, levelAtMost, maxLevelW, minLevelW } from './response.ts';
import { bridgeBudgetWs, persistS, worthBridging } from './spells.ts';
import type { LoadTrack } from './state.ts';

/** A plant seen held back so lately may be so again, ms. */
const HIDDEN_MS = 60_000;
const HIDDEN_HOLD_MS = 600_000;
/** Latency of meter and command together, s: a draw is judged where it will be then. */
const LOOK_S = 2;

/** Decides a load that has a setpoint: lower at once, stop when holding on costs more than a restart, raise when it lasts. */
export function holdRunning(tick: Tick, load: LoadModel, track: LoadTrack, shareW: number): Verdict {
  const { reserve, state, nowMs } = tick;
  const minW = minLevelW(load);
  const known = shareW - reserve.baseW;
  const drawSoonW = drawAt(load, track, nowMs + LOOK_S * 1000);
  const sinceWriteS = (nowMs - track.writtenAtMs) / 1000;
  const climbing = drawSoonW < track.setpointW - 1;
  noteOver(tick, load, track, shareW);
  const numbers = {
    powerW: wholeW(track.setpointW),
    surplusW: wholeW(shareW),
    reserveW: wholeW(reserve.baseW + reserve.raiseW),
  };

  const spent = state.probe.loadId === load.id && probeSpent(state.probe, tick.input.settings);
  if ((drawSoonW > known && !tick.curtailed) || spent) {
    const started = state.probe.loadId === load.id && state.probe.fromW < minW;
    if (state.probe.loadId === load.id) endProbe(state.probe, Math.max(0, known), nowMs);
    // A start into the unknown that finds less than the minimum found the answer: nothing is bridged.
    if (started && known < minW) return verdict(0, 'waiting-for-surplus', { surplusW: wholeW(shareW), neededW: minW });
    // A held-back plant gives no warning: what was found is left with room for its next fall.
    const hiddenW =
      nowMs - state.curtailedAtMs < HIDDEN_MS ? POLICY.hiddenFalls * reserve.lowerW * batteryStrain(tick) : 0;
    const fallW = POLICY.aheadS * Math.max(0, -state.sky.slopeWps);
    const targetW = levelAtMost(load, known - reserve.lowerW - fallW - hiddenW);
    if (targetW > 0) return lowerTo(targetW, tick, load, track, numbers, shareW, sinceWriteS);
    if (levelAtMost(load, known) === 0) return holdAtMinimum(tick, load, track, shareW, sinceWriteS);
    return lowerTo(minW, tick, load, track, numbers, shareW, sinceWriteS);
  }
  if (state.probe.loadId === load.id && !climbing) endProbe(state.probe, track.setpointW, nowMs);
  return raise(tick, load, track, shareW, sinceWriteS, numbers);
}

type Numbers = { powerW: number; surplusW: number; reserveW: number };

const above = (setpointW: number, shareW: number): number => Math.max(0, setpointW - Math.max(0, shareW));

function kept(tick: Tick, track: LoadTrack, numbers: Numbers, shareW: number): Verdict {
  const id = track.phase === 'starting' ? 'ramping' : tick.state.probe.loadId !== '' ? 'probing' : 'mining-surplus';
  return { ...verdict(track.setpointW, id, numbers), allowanceW: above(track.setpointW, shareW - tick.reserve.baseW) };
}

function lowerTo(
  levelW: number,
  tick: Tick,
  load: LoadModel,
  track: LoadTrack,
  numbers: Numbers,
  shareW: number,
  sinceWriteS: number,
): Verdict {
  if (levelW >= track.setpointW || sinceWriteS < load.lowerGapS) return kept(tick, track, numbers, shareW);
  return {
    ...verdict(levelW, 'mining-surplus', { ...numbers, powerW: levelW }),
    allowanceW: above(levelW, shareW - tick.reserve.baseW),
  };
}

/** The battery may help over gaps, for half a percent of what is drawn. */
const BATTERY_SHARE = 0.005;
/** How long a run may be expected to last, s: a measured wind stayed above 944 W for 150 s in the mean (decision 0012). */
const GUSTY_RUN_S = 300;
const CALM_RUN_S = 1800;
/** By how much the battery helped more than its share; 1: not more. At most 4. */
const batteryStrain = ({ state, input }: Tick): number =>
  input.settings.battery === undefined || state.drawnWs <= 0
    ? 1
    : Math.min(4, Math.max(1, state.batteryFedWs / (BATTERY_SHARE * state.drawnWs)));
const batterySpent = ({ state, view, boost }: Tick, load: LoadModel): boolean =>
  boostOf(boost, load.id) === 0 && view.dischargeW > 0 && state.batteryFedWs > BATTERY_SHARE * state.drawnWs;

/** Ending a run draws on the battery until the meter tells and the load is down: the run must be expected to be worth it. */
function sparesBattery({ input }: Tick, load: LoadModel, track: LoadTrack, powerW: number, gusty: boolean): boolean {
  if (input.settings.battery === undefined) return true;
  const minW = minLevelW(load);
  const endWs = minW * (LOOK_S + minW / load.rampDownWps / 2);
  // What has lasted may be expected to last as long again.
  const runS = gusty ? Math.max(GUSTY_RUN_S, track.wantedS) : CALM_RUN_S;
  return BATTERY_SHARE * Math.min(powerW, maxLevelW(load)) * Math.max(0, runS - load.startS) >= endWs;
}

/** Import this load caused since it last had enough. */
function noteOver(tick: Tick, load: LoadModel, track: LoadTrack, shareW: number): void {
  const drawW = drawAt(load, track, tick.nowMs);
  track.overWs = drawW > shareW ? track.overWs + (drawW - Math.max(0, shareW)) * tick.dtS : 0;
}

function holdAtMinimum(tick: Tick, load: LoadModel, track: LoadTrack, shareW: number, sinceWriteS: number): Verdict {
  const minW = minLevelW(load);
  const numbers = { surplusW: wholeW(shareW), neededW: minW };
  const soonW = shareW - tick.reserve.baseW + POLICY.slopeS * tick.state.sky.slopeWps;
  const drawW = drawAt(load, track, tick.nowMs + 5000);
  const share = tick.nowMs - tick.state.curtailedAtMs < HIDDEN_HOLD_MS ? POLICY.hiddenHold : 1;
  const budgetWs = bridgeBudgetWs(track.spells, load);
  if (
    track.overWs >= budgetWs ||
    batterySpent(tick, load) ||
    !worthBridging(track.spells, load, soonW, drawW, tick.nowMs, share)
  )
    return verdict(0, 'waiting-for-surplus', numbers);
  const overW = Math.max(1, drawW - Math.max(0, shareW));
  const untilMs = Math.round(tick.nowMs + (1000 * (budgetWs - track.overWs)) / overW);
  const lower = track.setpointW > minW && sinceWriteS >= load.lowerGapS;
  const setpointW = lower ? minW : track.setpointW;
  return {
    ...verdict(setpointW, 'holding-minimum-on', { ...numbers, powerW: setpointW, untilMs }),
    allowanceW: above(setpointW, shareW - tick.reserve.baseW),
    stopAtMs: untilMs,
  };
}

function raise(
  tick: Tick,
  load: LoadModel,
  track: LoadTrack,
  shareW: number,
  sinceWriteS: number,
  numbers: Numbers,
): Verdict {
  const { reserve, state, nowMs } = tick;
  const raiseAtMs = track.writtenAtMs + load.raiseGapS * 1000;
  const same = { ...kept(tick, track, numbers, shareW), raiseAtMs };
  if (sinceWriteS < load.raiseGapS || track.setpointW >= maxLevelW(load)) return same;
  const knownW = shareW - reserve.baseW - reserve.raiseW;
  const fitW = levelAtMost(load, knownW);
  if (tick.curtailed && track.phase === 'on' && fitW < maxLevelW(load)) {
    const topW = probeTop(tick, load, track);
    if (topW > track.setpointW && topW > fitW) {
      beginProbe(state.probe, load.id, track.setpointW, nowMs);
      return {
        ...verdict(topW, 'probing', { powerW: topW - track.setpointW, untilMs: nowMs + 60_000 }),
        allowanceW: above(topW, shareW - reserve.baseW),
      };
    }
  }
  if (fitW - track.setpointW < deadBandW(tick, load, track)) return same;
  // A slow climb may aim beyond what is there: it is cut before it arrives, and a surplus that grows meanwhile is followed.
  const periodS = (tick.input.periodMs ?? 1000) / 1000;
  const cutW = track.setpointW + load.rampUpWps * (Math.max(load.lowerGapS, periodS) + LOOK_S);
  const climbs = track.phase === 'on' && load.levels.kind === 'range' && cutW <= knownW;
  const aimW = climbs ? levelAtMost(load, knownW + POLICY.climbS * load.rampUpWps) : fitW;
  return {
    ...verdict(aimW, 'mining-surplus', { ...numbers, powerW: aimW }),
    allowanceW: above(aimW, shareW - reserve.baseW),
  };
}

/** A slow ramp is tested all the way (it can be cut at the first sign); a fast one step by step. */
function probeTop(tick: Tick, load: LoadModel, track: LoadTrack): number {
  const { input, state, view } = tick;
  const may = (topW: number): boolean => {
    const stepW = topW - track.setpointW;
    if (stepW <= 0 || !mayProbe(state, load, stepW, input, view)) return false;
    if (takenBackInTime(load, stepW, input.settings)) return true;
    // A step that sticks is not made on hope: what was seen lately, carried along the day, must be enough for it, with
    // room to spare where the battery helped too often.
    return (hopedSurplusW(state, input.settings, tick.local.minute, tick.nowMs, 1) ?? 0) >= topW * batteryStrain(tick);
  };
  const maxW = maxLevelW(load);
  if (may(maxW)) return maxW;
  const { levels } = load;
  const nextW =
    levels.kind === 'steps'
      ? (levels.watts.find((watts) => watts > track.setpointW) ?? 0)
      : levelAtMost(load, track.setpointW * 1.15 + 50);
  return may(nextW) ? nextW : 0;
}

/** The fewer writes the day has left, the more a raise must bring. */
function deadBandW(tick: Tick, load: LoadModel, track: LoadTrack): number {
  const dayLeft = Math.max(0.02, 1 - tick.local.minute / 1440);
  const writesLeft = Math.max(0, load.writesPerDay - track.writes) / load.writesPerDay;
  if (writesLeft <= 0.02) return Infinity;
  return POLICY.deadBandW * Math.max(1, dayLeft / writesLeft);
}

/** A run lasts its minimum at the lowest level, whatever would end it, as long as the surplus carries that level. */
export function minimumRun(tick: Tick, load: LoadModel, track: LoadTrack, shareW: number): Verdict | undefined {
  const untilMs = track.startedAtMs + load.minRunS * 1000;
  const minW = minLevelW(load);
  if (track.setpointW === 0 || track.startedAtMs < 0 || tick.nowMs >= untilMs || shareW < minW) return undefined;
  const lower = track.setpointW > minW && tick.nowMs - track.writtenAtMs >= load.lowerGapS * 1000;
  const setpointW = lower ? minW : track.setpointW;
  const numbers = { surplusW: wholeW(shareW), neededW: minW, powerW: setpointW };
  return { ...verdict(setpointW, 'holding-minimum-on', { ...numbers, untilMs }), allowanceW: above(setpointW, shareW) };
}

/** Decides a load that is off: start when the surplus has carried it long enough. */
export function holdIdle(tick: Tick, load: LoadModel, track: LoadTrack, shareW: number): Verdict {
  const { reserve, nowMs, state } = tick;
  const minW = minLevelW(load);
  const neededW = minW + reserve.baseW + reserve.raiseW;
  const numbers = {
    surplusW: wholeW(shareW),
    neededW: wholeW(neededW),
    reserveW: wholeW(reserve.baseW + reserve.raiseW),
  };
  const enough = shareW >= neededW;
  track.wantedS = enough ? Math.min(POLICY.longestPersistS, track.wantedS + tick.dtS) : 0;
  const gusty = tick.input.settings.plant === 'wind';
  const hopedW =
    !enough && tick.curtailed ? (hopedSurplusW(state, tick.input.settings, tick.local.minute, nowMs) ?? 2 * minW) : 0;
  const curtailedS = tick.curtailed ? (nowMs - state.curtailedSinceMs) / 1000 : 0;
  // While the battery helped too often, only a hope with room to spare is tried.
  const neededHopeW = tick.state.batteryFedWs > BATTERY_SHARE * tick.state.drawnWs ? 1.5 * minW : minW;
  const probing =
    hopedW >= neededHopeW &&
    curtailedS >= Math.max(60, persistS(track.spells, load, hopedW, gusty)) &&
    sparesBattery(tick, load, track, hopedW, gusty) &&
    mayProbe(state, load, minW, tick.input, tick.view);
  if (!probing && !(enough && sparesBattery(tick, load, track, shareW, gusty)))
    return verdict(0, 'waiting-for-surplus', numbers);
  if (track.starts >= load.startsPerDay || track.writes + 2 > load.writesPerDay)
    return verdict(0, 'wear-budget', numbers);
  const restedMs = track.stoppedAtMs + Math.max(load.minRestS, load.raiseGapS) * 1000;
  if (track.stoppedAtMs >= 0 && nowMs < restedMs) return verdict(0, 'resting', { ...numbers, untilMs: restedMs });
  if (probing) {
    beginProbe(state.probe, load.id, 0, nowMs);
    return {
      ...verdict(minW, 'probing', { ...numbers, powerW: minW }),
      allowanceW: above(minW, shareW - reserve.baseW),
    };
  }
  // Who asks for a boost wants it now.
  const needS = boostOf(tick.boost, load.id) > 0 ? 0 : persistS(track.spells, load, shareW, gusty);
  if (track.wantedS < needS)
    return verdict(0, 'starting-soon', { ...numbers, untilMs: Math.round(nowMs + (needS - track.wantedS) * 1000) });
  const setpointW = levelAtMost(load, shareW - reserve.baseW - reserve.raiseW);
  return verdict(setpointW, 'mining-surplus', { ...numbers, powerW: setpointW });
}
