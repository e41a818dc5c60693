import { z } from 'zod';
import { askFor, type AskPool } from './pool.ts';

// solo.ckpool.org/users/ADDRESS: hashrates as "1.48T", `shares` weighted by difficulty.
const Ckpool = z.object({ hashrate1hr: z.string(), shares: z.coerce.number().min(0) });
// github.com/benjamin-wilson/public-pool: /api/client/ADDRESS, hashRate in H/s.
const PublicPool = z.object({ workers: z.array(z.object({ hashRate: z.coerce.number().min(0) })) });

const PREFIX: Record<string, number> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

/** @returns TH/s of "1.48T"; undefined for what is no hashrate */
export function thsOf(text: string): number | undefined {
  const [, number, prefix = ''] = /^([\d.]+)\s*([KMGTPE]?)$/i.exec(text.trim()) ?? [];
  const factor = PREFIX[prefix.toUpperCase()];
  return number === undefined || factor === undefined ? undefined : (Number(number) * factor) / 1e12;
}

export const askCkpool: AskPool = async (ports) => {
  const base = ports.baseUrl ?? 'https://solo.ckpool.org';
  const reply = await askFor(ports, `${base}/users/${encodeURIComponent(ports.user)}`, Ckpool);
  if (reply.outcome === 'failed') return reply;
  const hashrateThs = thsOf(reply.value.hashrate1hr);
  return {
    outcome: 'ok',
    state: {
      atMs: ports.nowMs,
      ...(hashrateThs === undefined ? {} : { hashrateThs }),
      acceptedDifficulty: reply.value.shares,
      solo: true,
      payouts: [],
    },
  };
};

export const askPublicPool: AskPool = async (ports) => {
  const base = ports.baseUrl ?? 'https://public-pool.io:40557';
  const reply = await askFor(ports, `${base}/api/client/${encodeURIComponent(ports.user)}`, PublicPool);
  if (reply.outcome === 'failed') return reply;
  const hashrateThs = reply.value.workers.reduce((sum, { hashRate }) => sum + hashRate, 0) / 1e12;
  return { outcome: 'ok', state: { atMs: ports.nowMs, hashrateThs, solo: true, payouts: [] } };
};
