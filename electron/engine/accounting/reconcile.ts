import type { DriftCause } from '#shared/contract/books.ts';

/** Sats over one stretch: as the devices' hashrate says, by accepted shares, as the pool credits, as it was paid. */
export interface Chain {
  estimatedSats: number;
  verifiedSats?: number | undefined;
  /** Shares behind `verifiedSats`. */
  shares?: number | undefined;
  creditedSats?: number | undefined;
  paidSats: number;
  unpaidSats?: number | undefined;
}

// Devices over-report by some per cent as a rule (an Avalon Q by 6 %, miners.md section 4); pools average over a day.
const ORDINARY_DRIFT = 0.1;
// A sat in each payout is lost to rounding at most.
const PAID_TOLERANCE = 0.01;

const driftOf = (from: number, to: number | undefined): number | undefined =>
  to === undefined || from <= 0 ? undefined : (to - from) / from;

/** Where the chain from device to payout loses something, and the likeliest reason. Drifts are shares of what went in. */
export function reconcile(chain: Chain): { deviceDrift?: number; drift?: number; cause: DriftCause } {
  const { estimatedSats, verifiedSats, creditedSats, paidSats, unpaidSats, shares } = chain;
  const deviceDrift = driftOf(estimatedSats, verifiedSats);
  const drift = driftOf(verifiedSats ?? estimatedSats, creditedSats);
  const drifts = { ...(deviceDrift === undefined ? {} : { deviceDrift }), ...(drift === undefined ? {} : { drift }) };
  // Shares come by chance: two standard errors hold 95 %.
  const noise = shares === undefined || shares === 0 ? 0 : 2 / Math.sqrt(shares);
  const isLarge = (value: number | undefined) =>
    value !== undefined && Math.abs(value) > Math.max(ORDINARY_DRIFT, noise);

  if (creditedSats !== undefined && unpaidSats !== undefined) {
    if (paidSats + unpaidSats < creditedSats * (1 - PAID_TOLERANCE) - 1) return { ...drifts, cause: 'payment-missing' };
  }
  if (isLarge(deviceDrift))
    return { ...drifts, cause: (deviceDrift ?? 0) < 0 ? 'device-over-reports' : 'device-under-reports' };
  if (isLarge(drift)) {
    const less = verifiedSats === undefined ? 'device-over-reports' : 'pool-credits-less';
    return { ...drifts, cause: (drift ?? 0) < 0 ? less : 'other-miners' };
  }
  if (drift === undefined && deviceDrift === undefined) return { cause: 'unknown-credit' };
  const within = [deviceDrift, drift].some((value) => value !== undefined && Math.abs(value) > ORDINARY_DRIFT);
  return { ...drifts, cause: within ? 'noise' : drift === undefined ? 'unknown-credit' : 'none' };
}
