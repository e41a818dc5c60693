import type { SignCheck } from '#shared/contract/commissioning.ts';
import type { Direction } from '#shared/device.ts';

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

/** What each meter says in sum: import − export, discharge − charge; a kettle makes one of them rise, W. */
export type Nets = Partial<Record<Direction, number>>;

interface Channel {
  lowestW: number;
  highestW: number;
  sumW: number;
  agreeing: number;
}

/** What is switched on: a kettle by the owner, or a load by us. */
export interface KnownLoad {
  /** What it draws at least, W. */
  drawW: number;
  /** Time until it draws that, ms. */
  startMs: number;
}

export interface SignCheckState {
  view: SignCheck;
  /** Time for the load to be seen, ms. */
  liveMs: number;
  /** Change that tells a direction, W. */
  changeW: number;
  startedMs: number;
  count: number;
  channels: Partial<Record<Direction, Channel>>;
  lastAtMs: number;
}

export const beginSignCheck = (nowMs: number, load?: KnownLoad): SignCheckState => ({
  view: { phase: 'baseline', untilMs: nowMs + BASELINE_MS },
  liveMs: LIVE_MS + (load?.startMs ?? 0),
  changeW: Math.min(CHANGE_W, (load?.drawW ?? Infinity) / 2),
  startedMs: nowMs,
  count: 0,
  channels: {},
  lastAtMs: -Infinity,
});

/**
 * One reading of the guided check: with a known load switched on, import must rise, or the battery must give more.
 * @param nets of all meters that are checked; undefined while one of them is silent
 */
export function signCheckStep(
  state: SignCheckState,
  nowMs: number,
  atMs: number,
  nets: Nets | undefined,
): SignCheckState {
  if (state.view.phase !== 'baseline' && state.view.phase !== 'switch-on') return state;
  if (nets === undefined) {
    const late = nowMs - state.startedMs > BASELINE_MS + state.liveMs;
    return late ? { ...state, view: { phase: 'silent' } } : state;
  }
  if (atMs <= state.lastAtMs) return ended(state, nowMs);
  const next = { ...state, lastAtMs: atMs };
  return state.view.phase === 'baseline' ? baseline(next, nowMs, nets) : live(next, nowMs, nets);
}

const NEW: Channel = { lowestW: Infinity, highestW: -Infinity, sumW: 0, agreeing: 0 };
const entriesOf = (nets: Nets) => Object.entries(nets) as [Direction, number][];

function baseline(state: SignCheckState, nowMs: number, nets: Nets): SignCheckState {
  const channels: SignCheckState['channels'] = {};
  for (const [direction, netW] of entriesOf(nets)) {
    const { lowestW, highestW, sumW, agreeing } = state.channels[direction] ?? NEW;
    const seen = { lowestW: Math.min(lowestW, netW), highestW: Math.max(highestW, netW) };
    channels[direction] = { ...seen, sumW: sumW + netW, agreeing };
  }
  const next = { ...state, channels, count: state.count + 1 };
  if (nowMs - state.startedMs < BASELINE_MS) return next;
  const restless = Object.values(channels).some(
    ({ lowestW, highestW }) => highestW - lowestW > Math.min(RESTLESS_W, state.changeW),
  );
  if (restless) return { ...next, view: { phase: 'restless' } };
  return { ...next, view: { phase: 'switch-on', changeW: 0, untilMs: nowMs + state.liveMs } };
}

function live(state: SignCheckState, nowMs: number, nets: Nets): SignCheckState {
  const channels = { ...state.channels };
  let most: { direction: Direction; changeW: number } | undefined;
  for (const [direction, netW] of entriesOf(nets)) {
    const channel = channels[direction];
    if (!channel) continue;
    const changeW = netW - channel.sumW / state.count;
    const sign = changeW >= state.changeW ? 1 : changeW <= -state.changeW ? -1 : 0;
    const agreeing = sign === 0 ? 0 : Math.sign(channel.agreeing) === sign ? channel.agreeing + sign : sign;
    channels[direction] = { ...channel, agreeing };
    if (!most || Math.abs(changeW) > Math.abs(most.changeW)) most = { direction, changeW };
  }
  if (!most) return ended({ ...state, channels }, nowMs);
  const { direction, changeW } = most;
  const next = { ...state, channels, view: { ...state.view, changeW } };
  const agreeing = channels[direction]?.agreeing ?? 0;
  if (Math.abs(agreeing) < AGREEING) return ended(next, nowMs);
  return { ...next, view: { phase: agreeing > 0 ? 'right' : 'swapped', direction, changeW } };
}

const ended = (state: SignCheckState, nowMs: number): SignCheckState =>
  state.view.phase === 'switch-on' && nowMs >= (state.view.untilMs ?? Infinity)
    ? { ...state, view: { ...state.view, phase: 'nothing' } }
    : state;
