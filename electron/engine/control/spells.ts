import type { LoadModel } from '#shared/control.ts';
import { POLICY } from './policy.ts';
import { maxLevelW, minLevelW } from './response.ts';

/** How long the surplus stays below what one load needs, learned as the day goes. Times epoch ms, -1: not in one. */
export interface Spells {
  dipSinceMs: number;
  aboveSinceMs: number;
  /** Dips the plant made, and those the demand made: they last differently. */
  dips: [Ring, Ring];
  dipKind: 0 | 1;
  /** Usual power while above the need, W. */
  levelW: number;
  /** Worth of a start kept for later, W·s. */
  priceWs: number;
  /** Starts by which the day is behind its bucket. */
  scarce: number;
}

export interface Ring {
  s: number[];
  head: number;
  /** The same, ascending. */
  sorted: number[];
}
const emptyRing = (): Ring => ({ s: [], head: -1, sorted: [] });

export const initialSpells = (): Spells => ({
  dipSinceMs: -1,
  aboveSinceMs: -1,
  dips: [emptyRing(), emptyRing()],
  dipKind: 0,
  levelW: 0,
  priceWs: 0,
  scarce: 0,
});

const RING = 24;
/** Before anything is learned, spells of every scale are alike: equal weight on a logarithmic scale. */
const PRIOR_DIPS_S = [5, 10, 20, 40, 80, 160, 320, 640, 1280];
/** A dip is over when the surplus was back for so long. */
const BACK_MS = 10_000;
const LONGEST_S = 7200;

/** Plant energy a restart costs, W·s: nothing mined while it starts, then the climb. */
export function restartWs(load: LoadModel, levelW: number): number {
  const toW = Math.min(maxLevelW(load), Math.max(minLevelW(load), levelW));
  const climbW = Math.max(0, toW - load.startW);
  return toW * load.startS + (climbW * climbW) / (2 * load.rampUpWps);
}

/** What stopping costs in the end: the restart or its wear, and the start that is then missing. */
const stopCostWs = (spells: Spells, load: LoadModel): number =>
  Math.max(POLICY.stopShare * restartWs(load, spells.levelW), POLICY.wearS * spells.levelW) + spells.priceWs;

/** Import one hold may cause at most, W·s: what twice the stop would have cost. */
export const bridgeBudgetWs = (spells: Spells, load: LoadModel): number =>
  (2 * Math.max(stopCostWs(spells, load), minLevelW(load) * 10)) / POLICY.importPenalty;

/** Score lost each second by running at the minimum on this surplus; negative: gained. */
export function burnW(load: LoadModel, surplusW: number, drawW: number): number {
  const needW = Math.min(drawW, minLevelW(load));
  const fedW = Math.min(needW, Math.max(0, surplusW));
  return POLICY.importPenalty * (needW - fedW) - fedW;
}

export function watchSpells(
  spells: Spells,
  load: LoadModel,
  shareW: number,
  demandMade: boolean,
  nowMs: number,
  dtS: number,
): void {
  const needW = minLevelW(load);
  if (shareW >= needW) {
    spells.levelW += Math.min(1, dtS / 300) * (Math.min(maxLevelW(load), shareW) - spells.levelW);
    spells.levelW = Math.max(needW, spells.levelW);
    if (spells.aboveSinceMs < 0) spells.aboveSinceMs = nowMs;
    if (spells.dipSinceMs >= 0 && nowMs - spells.aboveSinceMs >= BACK_MS) {
      const dipS = (spells.aboveSinceMs - spells.dipSinceMs) / 1000;
      if (dipS < LONGEST_S) {
        const ring = spells.dips[spells.dipKind];
        ring.head = (ring.head + 1) % RING;
        ring.s[ring.head] = dipS;
        ring.sorted = ring.s.toSorted((a, b) => a - b);
      }
      spells.dipSinceMs = -1;
    }
    return;
  }
  spells.aboveSinceMs = -1;
  if (spells.dipSinceMs < 0) {
    spells.dipSinceMs = nowMs;
    spells.dipKind = demandMade ? 1 : 0;
  }
}

/**
 * Optimal stopping on the learned dips: goes on while some "bridge until x, then stop" costs less than stopping now.
 * @param surplusW what is left for the load in the next seconds
 */
export function worthBridging(
  spells: Spells,
  load: LoadModel,
  surplusW: number,
  drawW: number,
  nowMs: number,
  share = 1,
): boolean {
  const costW = burnW(load, surplusW, drawW);
  if (costW <= 0) return true;
  const elapsedS = spells.dipSinceMs < 0 ? 0 : (nowMs - spells.dipSinceMs) / 1000;
  const stopWs = share * stopCostWs(spells, load);
  if (costW > stopWs) return false;
  const priorWeight = POLICY.priorDips / PRIOR_DIPS_S.length;
  const seenS = spells.dips[spells.dipKind].sorted;
  let prior = 0;
  while (prior < PRIOR_DIPS_S.length && (PRIOR_DIPS_S[prior] ?? 0) <= elapsedS) prior += 1;
  let seen = 0;
  while (seen < seenS.length && (seenS[seen] ?? 0) <= elapsedS) seen += 1;
  // Both lists ascend: one pass over them gives the cost of every "until" from running sums.
  let left = (PRIOR_DIPS_S.length - prior) * priorWeight + (seenS.length - seen);
  const weight = left;
  let endedWs = 0;
  let bestWs = stopWs;
  while (left > 1e-9) {
    const priorS = PRIOR_DIPS_S[prior] ?? Infinity;
    const dipS = seenS[seen] ?? Infinity;
    const untilS = Math.min(priorS, dipS) - elapsedS;
    if (!Number.isFinite(untilS)) break;
    const w = priorS <= dipS ? priorWeight : 1;
    if (priorS <= dipS) prior += 1;
    else seen += 1;
    left -= w;
    endedWs += w * costW * untilS;
    bestWs = Math.min(bestWs, (endedWs + left * (costW * untilS + stopWs)) / weight);
  }
  return bestWs < stopWs;
}

/**
 * Prices a start by how far the day's starts are ahead of the day: a bucket that fills as the day's energy does.
 * @param progress share of the day's expected energy that is behind us
 */
export function priceStart(spells: Spells, load: LoadModel, used: number, progress: number): void {
  const tokens = POLICY.burst + (load.startsPerDay - POLICY.burst) * progress - used;
  spells.scarce = Math.max(0, POLICY.burst - Math.min(tokens, load.startsPerDay - used));
  spells.priceWs = (POLICY.scarceS * spells.levelW * spells.scarce) / POLICY.burst;
}

/** How long the surplus must have carried a start: the scarcer starts are and the less this one would mine, the surer it must be. */
export function persistS(spells: Spells, load: LoadModel, surplusW: number, gusty: boolean): number {
  // Gusts pass a filter that follows the load's ramp: a start must outlast itself and the climb.
  const baseS = gusty
    ? Math.max(POLICY.persistS, load.startS + (maxLevelW(load) - load.startW) / load.rampUpWps)
    : POLICY.persistS;
  const middleW = (minLevelW(load) + maxLevelW(load)) / 2;
  const little = (middleW / Math.max(1, Math.min(surplusW, maxLevelW(load)))) ** POLICY.levelPower;
  return Math.min(POLICY.longestPersistS, baseS * little * Math.exp(POLICY.persistGrowth * spells.scarce));
}
