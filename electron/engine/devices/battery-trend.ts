/** Below it a battery may rest, W. */
const STEADY_W = 100;
/** The state of charge follows late; what it says first still belongs to before, ms. */
const GRACE_MS = 60_000;
const LONG_MS = 180_000;
/** Most batteries tell whole percents. */
const STEP_PERCENT = 1;

export interface BatteryTrend {
  sign: number;
  sinceMs: number;
  /** State of charge after the grace, %. */
  fromPercent?: number;
}

/**
 * Compares what a battery says it does with what becomes of its state of charge: charging for minutes, it must rise.
 * @param netChargeW charge − discharge, W
 * @returns the verdict once there is one
 */
export function trendStep(
  before: BatteryTrend | undefined,
  nowMs: number,
  netChargeW: number | undefined,
  socPercent: number | undefined,
): { trend?: BatteryTrend; verdict?: 'right' | 'swapped' } {
  if (netChargeW === undefined || socPercent === undefined || Math.abs(netChargeW) < STEADY_W) return {};
  const sign = Math.sign(netChargeW);
  if (before?.sign !== sign) return { trend: { sign, sinceMs: nowMs } };
  const lastedMs = nowMs - before.sinceMs;
  if (before.fromPercent === undefined)
    return { trend: lastedMs < GRACE_MS ? before : { ...before, fromPercent: socPercent } };
  const change = socPercent - before.fromPercent;
  if (lastedMs < LONG_MS || Math.abs(change) < STEP_PERCENT) return { trend: before };
  return { verdict: Math.sign(change) === sign ? 'right' : 'swapped' };
}
