import type { LoadModel, Reason } from '#shared/control.ts';
import { quietUntilMs } from './calendar.ts';
import type { Tick } from './context.ts';
import { wholeW } from './reasons.ts';
import { levelAtMost } from './response.ts';
import { isFresh } from './validity.ts';

/** Fallback where no phase voltage is read, V. */
const NOMINAL_V = 230;
/** Periods without a tick after which nothing read before is believed. */
const GAP_PERIODS = 3;

export const isTickGap = (sinceMs: number, periodMs: number): boolean =>
  sinceMs > GAP_PERIODS * periodMs || sinceMs < 0;

/** @returns why no load at all may run now */
export function siteGuard(tick: Tick, gap: boolean): Reason | undefined {
  const { input, view, nowMs, state } = tick;
  const { wish, settings, snapshot } = input;
  if (wish.engineStopping) return { id: 'stopping' };
  if (wish.stopped) return { id: 'owner-stop' };
  if (wish.mode === 'off') return { id: 'off' };
  if (!wish.commissioned) return { id: 'not-commissioned' };
  if (wish.pauseUntilMs !== undefined && nowMs < wish.pauseUntilMs) return { id: 'paused', untilMs: wish.pauseUntilMs };
  const quietMs = quietUntilMs(settings, tick.local, nowMs);
  if (quietMs !== undefined) return { id: 'quiet-hours', untilMs: quietMs };
  if (gap) return { id: 'tick-gap', sinceMs: state.lastTickMs };
  if (view.missing !== undefined) return { id: 'meter-stale', subject: view.missing, sinceMs: view.atMs };
  if (settings.generator !== 'flare' && snapshot.generatorRunning?.value === true) return { id: 'generator' };
  return batteryGuard(tick);
}

/** The battery may not feed the loads below its floor, nor be drained towards it; boost may go as far as the owner said. */
function batteryGuard(tick: Tick): Reason | undefined {
  const { battery } = tick.input.settings;
  const { socPercent, dischargeW } = tick.view;
  if (battery === undefined || socPercent === undefined) return undefined;
  const floorPercent = battery.floorPercent;
  const discharging = dischargeW > 50;
  if (socPercent <= floorPercent || (discharging && socPercent <= floorPercent + 1))
    return { id: 'battery-floor', socPercent, limitPercent: floorPercent };
  return undefined;
}

/** @returns why this load may not run now */
export function loadGuard(tick: Tick, load: LoadModel): Reason | undefined {
  const told = tick.input.snapshot.loads[load.id];
  const track = tick.state.loads[load.id];
  if (track?.obey.flagged === true) return { id: 'not-obeying', subject: load.name, sinceMs: track.obey.sinceMs };
  if (told === undefined || told.state?.value === 'offline')
    return { id: 'load-unreachable', subject: load.name, sinceMs: track?.reasonSinceMs ?? tick.nowMs };
  const hottest = told.temperature;
  if (
    load.maxTemperatureC !== undefined &&
    hottest !== undefined &&
    isFresh(hottest, tick.nowMs, tick.ageLimitMs) &&
    hottest.value > load.maxTemperatureC
  )
    return { id: 'too-hot', subject: load.name, temperatureC: hottest.value };
  const room = tick.input.snapshot.roomTemperature;
  const { maxRoomC } = tick.input.settings;
  if (maxRoomC !== undefined && room !== undefined && room.value > maxRoomC)
    return { id: 'too-hot', subject: 'room', temperatureC: room.value };
  return undefined;
}

/** Power that must go at once because a fuse or the owner's import limit is passed, W. */
export interface Excess {
  totalW: number;
  phaseW: [number, number, number];
}

export function gridExcess(tick: Tick): Excess | undefined {
  const { settings, snapshot } = tick.input;
  const totalW = settings.importLimitW === undefined ? 0 : Math.max(0, tick.view.importW - settings.importLimitW);
  const phaseW: [number, number, number] = [0, 0, 0];
  let any = totalW > 0;
  const byPhase = snapshot.importByPhase;
  if (settings.phaseFuseA !== undefined && byPhase !== undefined && tick.nowMs - byPhase.atMs <= tick.ageLimitMs) {
    const limitW = settings.phaseFuseA * (snapshot.gridVoltage?.value ?? NOMINAL_V);
    for (let phase = 0; phase < 3; phase += 1) {
      phaseW[phase] = Math.max(0, (byPhase.value[phase] ?? 0) - limitW);
      any ||= (phaseW[phase] ?? 0) > 0;
    }
  }
  return any ? { totalW, phaseW } : undefined;
}

/** Takes this load's part of the excess. @returns its highest setpoint, and why */
export function shed(
  load: LoadModel,
  setpointW: number,
  drawW: number,
  excess: Excess,
): { setpointW: number; reason: Reason } | undefined {
  const { phase } = load;
  const onPhaseW = phase === 'all' ? 3 * Math.max(...excess.phaseW) : (excess.phaseW[phase - 1] ?? 0);
  const goneW = Math.max(excess.totalW, onPhaseW);
  if (goneW <= 0 || setpointW <= 0) return undefined;
  const nextW = levelAtMost(load, Math.max(0, Math.min(setpointW, drawW) - goneW));
  const freedW = Math.max(0, Math.min(setpointW, drawW) - nextW);
  excess.totalW = Math.max(0, excess.totalW - freedW);
  for (let index = 0; index < 3; index += 1)
    if (phase === 'all' || phase - 1 === index)
      excess.phaseW[index] = Math.max(0, (excess.phaseW[index] ?? 0) - (phase === 'all' ? freedW / 3 : freedW));
  return {
    setpointW: nextW,
    reason: { id: onPhaseW > 0 ? 'fuse' : 'import-guard', powerW: wholeW(goneW), subject: load.name },
  };
}
