import { z } from 'zod';
import type { Payout } from '#shared/ledger.ts';
import { askFor, needsToken, satsOfBitcoin, type AskPool } from './pool.ts';

// academy.braiins.com/braiins-pool/monitoring: profile, payouts. One request in five seconds.
const PAUSE_MS = 5000;
const bitcoin = z.union([z.string().regex(/^\d+(\.\d+)?$/), z.number()]);
const Profile = z.object({
  btc: z.object({
    all_time_reward: bitcoin.optional(),
    current_balance: bitcoin,
    hash_rate_unit: z.enum(['Gh/s', 'Th/s', 'Ph/s']),
    hash_rate_60m: z.number().min(0),
  }),
});
const Row = z.object({
  status: z.string(),
  amount_sats: z.coerce.number().int().min(0),
  fee_sats: z.coerce.number().int().min(0).nullish(),
  tx_id: z.string().nullish(),
  invoice: z.string().nullish(),
  resolved_at_ts: z.number().nullish(),
});
const Payouts = z.object({ onchain: z.array(Row).default([]), lightning: z.array(Row).default([]) });

const THS = { 'Gh/s': 0.001, 'Th/s': 1, 'Ph/s': 1000 };

export const askBraiins: AskPool = async (ports) => {
  if (!ports.token) return needsToken('Braiins Pool');
  const base = ports.baseUrl ?? 'https://pool.braiins.com';
  const request = { headers: { 'pool-auth-token': ports.token } };
  const profile = await askFor(ports, `${base}/accounts/profile/json/btc/`, Profile, request);
  if (profile.outcome === 'failed') return profile;
  await ports.pause(PAUSE_MS);
  const paid = await askFor(ports, `${base}/accounts/payouts/json/btc`, Payouts, request);
  if (paid.outcome === 'failed') return paid;
  const { btc } = profile.value;
  const payouts = [...paid.value.onchain, ...paid.value.lightning].flatMap((row): Payout[] => {
    const id = row.tx_id ?? row.invoice;
    if (row.status !== 'confirmed' || !id || !row.resolved_at_ts || row.amount_sats === 0) return [];
    const fee = row.fee_sats ?? undefined;
    return [
      {
        id: id.slice(0, 200),
        receivedMs: row.resolved_at_ts * 1000,
        sats: row.amount_sats,
        source: 'Braiins Pool',
        ...(fee === undefined ? {} : { feeSats: fee }),
      },
    ];
  });
  return {
    outcome: 'ok',
    state: {
      atMs: ports.nowMs,
      hashrateThs: btc.hash_rate_60m * THS[btc.hash_rate_unit],
      unpaidSats: satsOfBitcoin(btc.current_balance),
      ...(btc.all_time_reward === undefined ? {} : { earnedSats: satsOfBitcoin(btc.all_time_reward) }),
      solo: false,
      payouts,
    },
  };
};
