import type { ControlSettings } from '#shared/control.ts';

export interface Timed {
  value: number;
  atMs: number;
}

/** Evidence for and against the meter. */
export interface TrustState {
  netW: number;
  netAtMs: number;
  sinceMs: number;
  repeats: number;
  drawThenW: number;
  productionThenW: number;
  frozen: boolean;
  /** Frozen or wrong since; -1: neither. After `waitMs` it is given another chance, each time later. */
  doubtedSinceMs: number;
  waitMs: number;
  imbalanceSinceMs: number;
  /** Σ Δdraw² and Σ Δdraw·Δnet of large own steps: their ratio is about -1 with a right sign, +1 with a wrong one. */
  stepEnergy: number;
  stepProduct: number;
  wrongSign: boolean;
  lastDrawW: number;
  lastProductionW: number;
}

/** A doubted meter whose loads are off may have no way to prove itself: after so long one load may start and tell. */
const FIRST_WAIT_MS = 600_000;
const LONGEST_WAIT_MS = 7_200_000;

export const initialTrust = (): TrustState => ({
  netW: 0,
  netAtMs: -1,
  sinceMs: -1,
  repeats: 0,
  drawThenW: 0,
  productionThenW: -1,
  frozen: false,
  doubtedSinceMs: -1,
  waitMs: FIRST_WAIT_MS,
  imbalanceSinceMs: -1,
  stepEnergy: 0,
  stepProduct: 0,
  wrongSign: false,
  lastDrawW: 0,
  lastProductionW: -1,
});

/** Readings older than this are unknown: max(30 s, 3 polls). */
export const ageLimitMs = (settings: ControlSettings): number =>
  Math.max(settings.maxAgeS, 3 * settings.meterPollS) * 1000;

/** A reading from the future by more than a clock's jitter is no reading. */
const MAX_AHEAD_MS = 5000;

export const isFresh = (reading: Timed | undefined, nowMs: number, limitMs: number): reading is Timed =>
  reading !== undefined &&
  nowMs - reading.atMs <= limitMs &&
  reading.atMs - nowMs <= MAX_AHEAD_MS &&
  Number.isFinite(reading.value);

const FROZEN_STEP_W = 60;
const SIGN_STEP_W = 40;
const FROZEN_REPEATS = 4;
const WRONG_SIGN_EVIDENCE = 250_000;
const IMBALANCE_MS = 20_000;

export interface MeterSample {
  netW: number;
  atMs: number;
  drawW: number;
  productionW: number | undefined;
  /** Demand worked out from the balance, where all of it is known. */
  derivedDemandW: number | undefined;
}

/** Learns from each new meter reading whether the meter lives, closes the balance and has the right sign. */
export function judgeMeter(trust: TrustState, sample: MeterSample): void {
  if (sample.atMs === trust.netAtMs) return;
  const first = trust.netAtMs < 0;
  const changed = first || sample.netW !== trust.netW;
  judgeSign(trust, sample, first);
  trust.netAtMs = sample.atMs;
  if (changed) {
    trust.netW = sample.netW;
    trust.sinceMs = sample.atMs;
    trust.repeats = 0;
    trust.drawThenW = sample.drawW;
    trust.productionThenW = sample.productionW ?? -1;
    trust.frozen = false;
  } else {
    trust.repeats += 1;
    const stepW = sample.drawW - trust.drawThenW;
    const answerW =
      sample.productionW !== undefined && trust.productionThenW >= 0 ? sample.productionW - trust.productionThenW : 0;
    // A plant at zero export answers our step by itself; the meter rightly stays where it is.
    if (
      trust.repeats >= FROZEN_REPEATS &&
      Math.abs(stepW) > FROZEN_STEP_W &&
      Math.abs(stepW - answerW) > Math.abs(stepW) / 2
    )
      trust.frozen = true;
  }
  judgeBalance(trust, sample);
  giveAnotherChance(trust, sample);
}

/** Doubt lasts ten minutes, then twice as long each time; the next own step confirms it within seconds or ends it. */
function giveAnotherChance(trust: TrustState, sample: MeterSample): void {
  if (!trust.frozen && !trust.wrongSign) {
    trust.doubtedSinceMs = -1;
    return;
  }
  if (trust.doubtedSinceMs < 0) trust.doubtedSinceMs = sample.atMs;
  if (sample.atMs - trust.doubtedSinceMs < trust.waitMs) return;
  trust.doubtedSinceMs = -1;
  trust.waitMs = Math.min(LONGEST_WAIT_MS, 2 * trust.waitMs);
  trust.frozen = false;
  trust.wrongSign = false;
  trust.repeats = 0;
  trust.drawThenW = sample.drawW;
  trust.productionThenW = sample.productionW ?? -1;
}

/** Only steps a production meter stands beside count: a passing cloud also moves the meter while we lower. */
function judgeSign(trust: TrustState, sample: MeterSample, first: boolean): void {
  const { productionW } = sample;
  const stepW = sample.drawW - trust.lastDrawW;
  if (!first && productionW !== undefined && trust.lastProductionW >= 0 && Math.abs(stepW) >= SIGN_STEP_W) {
    const answerW = sample.netW - trust.netW - (productionW - trust.lastProductionW);
    trust.stepEnergy = trust.stepEnergy * 0.95 + stepW * stepW;
    trust.stepProduct = trust.stepProduct * 0.95 + stepW * answerW;
    trust.wrongSign = trust.stepEnergy >= WRONG_SIGN_EVIDENCE && trust.stepProduct > trust.stepEnergy / 2;
  }
  trust.lastDrawW = sample.drawW;
  trust.lastProductionW = productionW ?? -1;
}

/** A house cannot have a negative demand: where the balance gives one for long, a meter or a sign is wrong. */
function judgeBalance(trust: TrustState, sample: MeterSample): void {
  const { derivedDemandW, productionW } = sample;
  const broken = derivedDemandW !== undefined && derivedDemandW < -Math.max(150, 0.05 * (productionW ?? 0));
  if (!broken) trust.imbalanceSinceMs = -1;
  else if (trust.imbalanceSinceMs < 0) trust.imbalanceSinceMs = sample.atMs;
}

export type Distrust = 'frozen' | 'imbalance' | 'sign';

/** @returns why the meter is not to be believed, if so */
export function distrust(trust: TrustState): Distrust | undefined {
  if (trust.wrongSign) return 'sign';
  if (trust.frozen) return 'frozen';
  return trust.imbalanceSinceMs >= 0 && trust.netAtMs - trust.imbalanceSinceMs >= IMBALANCE_MS
    ? 'imbalance'
    : undefined;
}
