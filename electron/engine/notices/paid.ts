import type { EngineEvent } from '#shared/contract/engine.ts';
import type { Payout } from '#shared/ledger.ts';

/** A pool that is asked for the first time tells of payouts long past; they are no news, ms. */
const NEWS_MS = 2 * 86_400_000;

/** The word on payouts that were not known yet; undefined where none is news. */
export function paidEvent(
  payouts: readonly Payout[],
  known: ReadonlySet<string>,
  nowMs: number,
): EngineEvent | undefined {
  const fresh = payouts.filter(({ id, receivedMs }) => !known.has(id) && nowMs - receivedMs < NEWS_MS);
  if (fresh.length === 0) return undefined;
  const sats = fresh.reduce((sum, payout) => sum + payout.sats, 0);
  return { atMs: nowMs, id: 'paid', level: 'info', message: `The pool paid ${sats} sats. Earnings keeps the lot.` };
}
