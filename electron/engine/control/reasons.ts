import type { LoadDecision, Reason, ReasonId } from '#shared/control.ts';

export type Ladder = LoadDecision['ladder'];

/** What one load's tick came to, before it is written down. */
export interface Verdict {
  setpointW: number;
  reason: Reason;
  /** Power above the load's share of headroom that an open hold or probe allows, W. */
  allowanceW: number;
  raiseAtMs?: number;
  stopAtMs?: number;
}

export const verdict = (setpointW: number, id: ReasonId, numbers: Omit<Reason, 'id'> = {}): Verdict => ({
  setpointW,
  reason: { id, ...numbers },
  allowanceW: 0,
});

/** Numbers without noise: whole watts, so that a sentence does not flicker. */
export const wholeW = (powerW: number): number => Math.max(0, Math.round(powerW));

/** Steps from the surplus to the setpoint; the first that takes away the power which is missing is the binding one. */
export function ladderOf(
  surplusW: number | undefined,
  reserveW: number,
  aheadW: number,
  fitW: number,
  out: Verdict,
): Ladder {
  const ladder: Ladder = [];
  const shareW = Math.max(0, (surplusW ?? 0) - reserveW - aheadW);
  const { setpointW } = out;
  const guarded = setpointW < fitW;
  ladder.push({ step: 'surplus', powerW: wholeW(surplusW ?? 0), binding: surplusW === undefined });
  ladder.push({ step: 'reserve', powerW: wholeW(reserveW), binding: false });
  if (aheadW > 0) ladder.push({ step: 'loads-ahead', powerW: wholeW(aheadW), binding: false });
  ladder.push({
    step: 'headroom',
    powerW: wholeW(shareW),
    binding: surplusW !== undefined && !guarded && setpointW <= shareW,
  });
  ladder.push({ step: 'level', powerW: wholeW(fitW), binding: false });
  ladder.push({ step: out.reason.id, powerW: wholeW(setpointW), binding: guarded || setpointW > shareW });
  return ladder;
}
