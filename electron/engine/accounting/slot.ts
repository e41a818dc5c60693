import { closeSlot, type Slot } from './close-slot.ts';
import { learnBias, unlearnedBias, type GridBias } from './offset.ts';
import { emptySlot, SLOT_MS, slotStartOf, type OpenSlot } from './open-slot.ts';
import { workBetween, type WorkCount } from './work.ts';
import type { Rates } from './rates.ts';

// The same 30 s that control lets a reading grow old.
const UNKNOWN_BEFORE_UNPROVEN_MS = 30_000;
const OFF_W = 15;

export interface SlotState {
  open: OpenSlot;
  bias: GridBias;
  last?: Rates;
  /** Where each miner's share counters stood. */
  counts: Record<string, WorkCount>;
  /** Stretch without proof not yet known to matter. */
  unknown?: { ms: number; drew: boolean };
}

export const slotState = (
  startMs: number,
  open = emptySlot(slotStartOf(startMs)),
  bias = unlearnedBias,
  counts: Record<string, WorkCount> = {},
): SlotState => ({
  open,
  bias,
  counts,
});

/**
 * Adds one tick. Between two ticks every quantity known at both is integrated by trapezoid; longer than `maxGapMs` apart
 * there is a gap. A clock set back leaves a gap too and fills the earlier slot further.
 */
export function accumulate(state: SlotState, rates: Rates, maxGapMs: number): { state: SlotState; closed: Slot[] } {
  const closed: Slot[] = [];
  const { last } = state;
  const openAt = (startMs: number): OpenSlot => ({ ...emptySlot(startMs), hasLoads: rates.hasLoads });
  let next: SlotState = { ...state, open: copyOf(state.open), last: rates };
  next.open.hasLoads ||= rates.hasLoads;
  const gapMs = last ? rates.atMs - last.atMs : 0;
  const joined = last !== undefined && gapMs > 0 && gapMs <= maxGapMs;
  if (last && gapMs > maxGapMs && !isOff(last))
    next.open.unprovenMs += Math.min(gapMs, next.open.startMs + SLOT_MS - last.atMs);

  let fromMs = last?.atMs ?? rates.atMs;
  while (slotStartOf(rates.atMs) !== next.open.startMs) {
    const endMs = next.open.startMs + SLOT_MS;
    const forward = rates.atMs >= endMs;
    if (joined && forward) addInterval(next.open, last, rates, fromMs, endMs);
    if (!isEmpty(next.open)) closed.push(closeSlot(next.open));
    fromMs = endMs;
    next.open = openAt(joined && forward ? endMs : slotStartOf(rates.atMs));
  }
  if (joined) addInterval(next.open, last, rates, fromMs, rates.atMs);
  next = countWork(next, rates);
  next = judgeProof(next, rates, joined ? gapMs : 0);
  if (joined && rates.biasSampleW !== undefined) next.bias = learnBias(next.bias, rates.biasSampleW, gapMs, true);
  return { state: next, closed };
}

/** Counts the start of a load in the slot under way. */
export function countStart(state: SlotState, loadId: string): SlotState {
  const starts = { ...state.open.starts, [loadId]: (state.open.starts[loadId] ?? 0) + 1 };
  return { ...state, open: { ...state.open, starts } };
}

export const isOff = (rates: Rates): boolean => Object.values(rates.loads).every((load) => (load.draw ?? 0) <= OFF_W);

const isEmpty = (open: OpenSlot): boolean =>
  Object.keys(open.site).length === 0 && Object.keys(open.loads).length === 0 && open.unprovenMs === 0;

const copyOf = (open: OpenSlot): OpenSlot => ({
  ...open,
  site: { ...open.site },
  loads: Object.fromEntries(Object.entries(open.loads).map(([id, sums]) => [id, { ...sums }])),
  causes: Object.fromEntries(Object.entries(open.causes).map(([id, sums]) => [id, { ...sums }])),
});

/** @param fromMs @param toMs part of the interval between the two ticks */
function addInterval(open: OpenSlot, a: Rates, b: Rates, fromMs: number, toMs: number): void {
  const ms = toMs - fromMs;
  if (ms <= 0) return;
  // On a straight line the mean of a stretch is the value at its middle.
  const share = ((fromMs + toMs) / 2 - a.atMs) / (b.atMs - a.atMs);
  const add = (sums: Record<string, number>, from: Record<string, number>, to: Record<string, number>) => {
    for (const [key, start] of Object.entries(from)) {
      const end = to[key];
      if (end !== undefined) sums[key] = (sums[key] ?? 0) + (start + (end - start) * share) * ms;
    }
  };
  add(open.site, a.site, b.site);
  for (const [id, from] of Object.entries(a.loads)) {
    const to = b.loads[id];
    if (!to) continue;
    const sums = (open.loads[id] ??= {});
    const before = sums.gridFed ?? 0;
    add(sums, from, to);
    const gridFed = (sums.gridFed ?? 0) - before;
    const cause = b.causes[id];
    if (gridFed > 0 && cause !== undefined) {
      const byCause = (open.causes[id] ??= {});
      byCause[cause] = (byCause[cause] ?? 0) + gridFed;
    }
  }
  if (a.complete && b.complete) open.coveredMs += ms;
  if (a.site.curtailed !== undefined && b.site.curtailed !== undefined) {
    open.curtailedMs += ms;
    if (a.site.curtailedPlusMinus === undefined || b.site.curtailedPlusMinus === undefined) open.doubtUnknownMs += ms;
    if (b.curtailedMethod) open.curtailedMethod = b.curtailedMethod;
  }
}

/** Shares accepted since the last look, and what they are worth now. */
function countWork(state: SlotState, { work }: Rates): SlotState {
  const { open } = state;
  for (const [id, now] of Object.entries(work)) {
    const done = workBetween(state.counts[id], now);
    if (!done) continue;
    const sums = (open.loads[id] ??= {});
    if (done.shares !== undefined) sums.shares = (sums.shares ?? 0) + done.shares;
    if (now.satsPerDifficulty !== undefined)
      sums.verifiedSats = (sums.verifiedSats ?? 0) + done.difficulty * now.satsPerDifficulty;
  }
  const stood = Object.entries(work).map(([id, { atMs, shares, difficulty }]): [string, WorkCount] => [
    id,
    { atMs, ...(shares === undefined ? {} : { shares }), ...(difficulty === undefined ? {} : { difficulty }) },
  ]);
  return { ...state, counts: { ...state.counts, ...Object.fromEntries(stood) } };
}

/** Missing readings count against the proof where a load drew before or after, or where they last. */
function judgeProof(state: SlotState, rates: Rates, ms: number): SlotState {
  const { unknown, ...rest } = state;
  if (rates.proven) {
    if (unknown && (unknown.drew || !isOff(rates))) rest.open.unprovenMs += unknown.ms;
    return rest;
  }
  const drew = (unknown?.drew ?? false) || !isOff(rates) || (state.last !== undefined && !isOff(state.last));
  const stretchMs = (unknown?.ms ?? 0) + ms;
  if (stretchMs <= UNKNOWN_BEFORE_UNPROVEN_MS) return { ...rest, unknown: { ms: stretchMs, drew } };
  rest.open.unprovenMs += stretchMs;
  return { ...rest, unknown: { ms: 0, drew: true } };
}
