import type { SignCheck } from '#shared/contract/engine.ts';

/** Quiet time before the owner switches the test load on, ms. */
const BASELINE_MS = 10_000;
/** Time to switch a kettle on and see it, ms. */
const LIVE_MS = 30_000;
/** A kettle takes 1 kW and more; half of it tells a direction beyond the noise of a house, W. */
const CHANGE_W = 500;
/** So many readings in a row must agree: a compressor's start lasts only one. */
const AGREEING = 3;
/** A baseline that jumps by more than this proves nothing, W. */
const RESTLESS_W = 400;

export interface SignCheckState {
  view: SignCheck;
  startedMs: number;
  lowestW: number;
  highestW: number;
  sumW: number;
  count: number;
  agreeing: number;
  lastAtMs: number;
}

export const beginSignCheck = (nowMs: number): SignCheckState => ({
  view: { phase: 'baseline', untilMs: nowMs + BASELINE_MS },
  startedMs: nowMs,
  lowestW: Infinity,
  highestW: -Infinity,
  sumW: 0,
  count: 0,
  agreeing: 0,
  lastAtMs: -Infinity,
});

/**
 * One meter reading of the guided check: with a known load switched on, import must rise.
 * @param netW import − export, W; undefined while the meter is silent
 */
export function signCheckStep(
  state: SignCheckState,
  nowMs: number,
  atMs: number,
  netW: number | undefined,
): SignCheckState {
  if (state.view.phase !== 'baseline' && state.view.phase !== 'switch-on') return state;
  if (netW === undefined) {
    const late = nowMs - state.startedMs > BASELINE_MS + LIVE_MS;
    return late ? { ...state, view: { phase: 'silent' } } : state;
  }
  if (atMs <= state.lastAtMs) return ended(state, nowMs);
  const next = { ...state, lastAtMs: atMs };
  return state.view.phase === 'baseline' ? baseline(next, nowMs, netW) : live(next, nowMs, netW);
}

function baseline(state: SignCheckState, nowMs: number, netW: number): SignCheckState {
  const next = {
    ...state,
    sumW: state.sumW + netW,
    count: state.count + 1,
    lowestW: Math.min(state.lowestW, netW),
    highestW: Math.max(state.highestW, netW),
  };
  if (nowMs - state.startedMs < BASELINE_MS) return next;
  if (next.highestW - next.lowestW > RESTLESS_W) return { ...next, view: { phase: 'restless' } };
  const baselineW = next.sumW / next.count;
  return { ...next, view: { phase: 'switch-on', baselineW, changeW: 0, untilMs: nowMs + LIVE_MS } };
}

function live(state: SignCheckState, nowMs: number, netW: number): SignCheckState {
  const baselineW = state.view.baselineW ?? 0;
  const changeW = netW - baselineW;
  const sign = changeW >= CHANGE_W ? 1 : changeW <= -CHANGE_W ? -1 : 0;
  const agreeing = sign === 0 ? 0 : Math.sign(state.agreeing) === sign ? state.agreeing + sign : sign;
  const next = { ...state, agreeing, view: { ...state.view, changeW } };
  if (Math.abs(agreeing) < AGREEING) return ended(next, nowMs);
  return { ...next, view: { phase: agreeing > 0 ? 'right' : 'swapped', baselineW, changeW } };
}

const ended = (state: SignCheckState, nowMs: number): SignCheckState =>
  state.view.phase === 'switch-on' && nowMs >= (state.view.untilMs ?? Infinity)
    ? { ...state, view: { ...state.view, phase: 'nothing' } }
    : state;
