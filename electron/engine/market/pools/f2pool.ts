import { z } from 'zod';
import type { Payout } from '#shared/ledger.ts';
import { askFor, needsToken, satsOfBitcoin, type AskPool } from './pool.ts';

// f2pool.com/developer/api, v2: hash_rate/info, assets/balance, assets/transactions/list. Amounts in bitcoin.
const Rate = z.object({ info: z.object({ h1_hash_rate: z.number().min(0) }) });
const Balance = z.object({ balance_info: z.object({ balance: z.number(), total_income: z.number() }) });
const List = z.object({
  transactions: z
    .array(z.object({ id: z.union([z.number(), z.string()]), changed_balance: z.number(), created_at: z.number() }))
    .nullish(),
});
/** The pool answers for 90 days at a time at most. */
const SPAN_S = 90 * 86_400;

export const askF2pool: AskPool = async (ports) => {
  if (!ports.token) return needsToken('F2Pool');
  const base = `${ports.baseUrl ?? 'https://api.f2pool.com'}/v2`;
  const who = { currency: 'bitcoin', mining_user_name: ports.user };
  const request = (body: object) => ({ headers: { 'f2p-api-secret': ports.token ?? '' }, body });
  const rate = await askFor(ports, `${base}/hash_rate/info`, Rate, request(who));
  if (rate.outcome === 'failed') return rate;
  const balance = await askFor(ports, `${base}/assets/balance`, Balance, request(who));
  if (balance.outcome === 'failed') return balance;
  const end = Math.floor(ports.nowMs / 1000);
  const span = { type: 'payout', start_time: end - SPAN_S, end_time: end };
  const paid = await askFor(ports, `${base}/assets/transactions/list`, List, request({ ...who, ...span }));
  if (paid.outcome === 'failed') return paid;
  return {
    outcome: 'ok',
    state: {
      atMs: ports.nowMs,
      hashrateThs: rate.value.info.h1_hash_rate / 1e12,
      unpaidSats: satsOfBitcoin(balance.value.balance_info.balance),
      earnedSats: satsOfBitcoin(balance.value.balance_info.total_income),
      solo: false,
      payouts: (paid.value.transactions ?? []).flatMap(({ id, changed_balance, created_at }): Payout[] => {
        // Leaving the balance, it may come with a minus.
        const sats = Math.abs(satsOfBitcoin(changed_balance));
        return sats === 0 ? [] : [{ id: `f2pool-${id}`, receivedMs: created_at * 1000, sats, source: 'F2Pool' }];
      }),
    },
  };
};
