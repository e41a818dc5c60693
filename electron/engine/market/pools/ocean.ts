import { z } from 'zod';
import { instantOfAny } from '#shared/time.ts';
import type { Payout } from '#shared/ledger.ts';
import { askFor, satsOfBitcoin, type AskPool } from './pool.ts';

// ocean.xyz/docs/api: statsnap, earnpay; no token, one request a second.
const PAUSE_MS = 1000;
const Snap = z.object({
  result: z.object({ unpaid: z.coerce.number().min(0), hashrate_300s: z.coerce.number().min(0) }),
});
const EarnPay = z.object({
  result: z.object({
    earnings: z.array(z.object({ satoshis_net_earned: z.coerce.number().int() })),
    payouts: z.array(
      z.object({
        ts: z.union([z.string(), z.number()]),
        on_chain_txid: z.string().nullish(),
        total_satoshis_net_paid: z.coerce.number().int(),
      }),
    ),
  }),
});

export const askOcean: AskPool = async (ports) => {
  const base = `${ports.baseUrl ?? 'https://api.ocean.xyz'}/v1`;
  const user = encodeURIComponent(ports.user);
  const snap = await askFor(ports, `${base}/statsnap/${user}`, Snap);
  if (snap.outcome === 'failed') return snap;
  await ports.pause(PAUSE_MS);
  const all = await askFor(ports, `${base}/earnpay/${user}/0`, EarnPay);
  if (all.outcome === 'failed') return all;
  const { earnings, payouts } = all.value.result;
  return {
    outcome: 'ok',
    state: {
      atMs: ports.nowMs,
      hashrateThs: snap.value.result.hashrate_300s / 1e12,
      unpaidSats: satsOfBitcoin(snap.value.result.unpaid),
      earnedSats: earnings.reduce((sum, earning) => sum + earning.satoshis_net_earned, 0),
      solo: false,
      payouts: payouts.flatMap(({ ts, on_chain_txid: txid, total_satoshis_net_paid: sats }): Payout[] => {
        const receivedMs = instantOfAny(ts, 'UTC');
        // A payout over Lightning has no transaction: its moment names it.
        return receivedMs === undefined || sats <= 0
          ? []
          : [{ id: txid ?? `ocean-${receivedMs}`, receivedMs, sats, source: 'Ocean' }];
      }),
    },
  };
};
