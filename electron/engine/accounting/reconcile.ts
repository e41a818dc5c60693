/** Sats over one stretch: as the devices' hashrate says, as the pool credits, as it was paid; absent: unknown. */
export interface Chain {
  estimatedSats: number;
  creditedSats?: number | undefined;
  paidSats: number;
  unpaidSats?: number | undefined;
  /** Shares behind the credit; absent: unknown. */
  shares?: number | undefined;
}

export type DriftCause =
  | 'none'
  | 'noise'
  | 'device-over-reports'
  | 'other-miners'
  | 'payment-missing'
  | 'unknown-credit';

// Devices over-report by some per cent as a rule (an Avalon Q by 6 %, miners.md section 4); pools average over a day.
const ORDINARY_DRIFT = 0.1;

/** Where the chain from device to payout loses something, and the likeliest reason. `drift` is a share of the estimate. */
export function reconcile(chain: Chain): { drift?: number; cause: DriftCause } {
  const { estimatedSats, creditedSats, paidSats, unpaidSats, shares } = chain;
  if (creditedSats === undefined || estimatedSats <= 0) return { cause: 'unknown-credit' };
  const drift = (creditedSats - estimatedSats) / estimatedSats;
  // A sat in each payout is lost to rounding at most.
  if (unpaidSats !== undefined && paidSats + unpaidSats < creditedSats * (1 - 0.01) - 1) {
    return { drift, cause: 'payment-missing' };
  }
  if (shares !== undefined && shares > 0 && Math.abs(drift) <= 2 / Math.sqrt(shares)) return { drift, cause: 'noise' };
  if (Math.abs(drift) <= ORDINARY_DRIFT) return { drift, cause: 'none' };
  return { drift, cause: drift < 0 ? 'device-over-reports' : 'other-miners' };
}
