import { z } from 'zod';
import { MarketSnapshot } from '#shared/market.ts';
import type { Web } from '#engine/transports/web.ts';
import { failed } from '#engine/transports/fault.ts';
import type { SnapshotResult } from './source.ts';

// mempool.space/docs/api/rest: mining/hashrate, mining/reward-stats, prices.
const Hashrate = z.object({ currentDifficulty: z.number().positive() });
const RewardStats = z.object({
  startBlock: z.coerce.number(),
  endBlock: z.coerce.number(),
  totalFee: z.coerce.number().min(0),
});
const Prices = z.object({ time: z.number() }).catchall(z.number());

/** A day's blocks: what fees are averaged over. */
const BLOCKS = 144;

export async function askMempool(web: Web, baseUrl: string, signal: AbortSignal): Promise<SnapshotResult> {
  const base = `${baseUrl.replace(/\/+$/, '')}/api/v1`;
  const host = new URL(baseUrl).host;
  const answers: unknown[] = [];
  // One after the other: public servers answer haste with 429.
  for (const path of ['mining/hashrate/3d', `mining/reward-stats/${BLOCKS}`, 'prices']) {
    const reply = await web.json(`${base}/${path}`, signal);
    if (reply.outcome === 'failed') return reply;
    answers.push(reply.value);
  }
  const hashrate = Hashrate.safeParse(answers[0]);
  const rewards = RewardStats.safeParse(answers[1]);
  const prices = Prices.safeParse(answers[2]);
  if (!hashrate.success || !rewards.success || !prices.success) {
    return failed('garbage', `${host} does not answer like mempool.space; check the base URL`);
  }
  const { startBlock, endBlock, totalFee } = rewards.data;
  const { time, ...quoted } = prices.data;
  const snapshot = MarketSnapshot.safeParse({
    atMs: time * 1000,
    source: host,
    height: endBlock,
    difficulty: hashrate.data.currentDifficulty,
    feesPerBlockSat: Math.round(totalFee / (endBlock - startBlock + 1)),
    // A currency that the server does not quote is −1 there.
    prices: Object.fromEntries(Object.entries(quoted).filter(([code, price]) => /^[A-Z]{3}$/.test(code) && price > 0)),
  });
  if (!snapshot.success)
    return failed('garbage', `${host} tells numbers that cannot be (${snapshot.error.issues[0]?.path.join('.')})`);
  return { outcome: 'ok', snapshot: snapshot.data };
}
