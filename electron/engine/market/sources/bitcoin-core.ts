import { z } from 'zod';
import type { MarketSnapshot } from '#shared/market.ts';
import type { Web } from '#engine/transports/web.ts';
import { failed } from '#engine/transports/fault.ts';
import type { SnapshotResult } from './source.ts';

// developer.bitcoin.org/reference/rpc: getblockchaininfo, getblockstats.
const ChainInfo = z.object({
  blocks: z.number().int().min(0),
  difficulty: z.number().positive(),
  /** Of the tip, epoch s. */
  time: z.number().optional(),
  initialblockdownload: z.boolean(),
});
const BlockStats = z.object({ totalfee: z.number().min(0) });
const Answers = z.array(z.object({ id: z.number(), result: z.unknown() }));

const BLOCKS = 144;

/** @param known prices are none of a node's business: those of the last snapshot stay, with their time */
export async function askBitcoinCore(
  web: Web,
  source: { baseUrl: string; user: string; password: string },
  known: MarketSnapshot,
  nowMs: number,
  signal: AbortSignal,
): Promise<SnapshotResult> {
  const host = new URL(source.baseUrl).host;
  const headers = { authorization: `Basic ${Buffer.from(`${source.user}:${source.password}`).toString('base64')}` };
  const ask = (calls: readonly { method: string; params: unknown[] }[]) =>
    web.json(source.baseUrl, signal, {
      headers,
      body: calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call })),
    });
  const first = await ask([{ method: 'getblockchaininfo', params: [] }]);
  if (first.outcome === 'failed') return first;
  const info = ChainInfo.safeParse(Answers.safeParse(first.value).data?.[0]?.result);
  if (!info.success) return failed('garbage', `${host} does not answer like Bitcoin Core; check address and port`);
  const { blocks, difficulty, time, initialblockdownload } = info.data;
  if (initialblockdownload)
    return failed('busy', `${host} is still loading the block chain (block ${blocks}); it is asked again later`);

  const heights = Array.from({ length: Math.min(BLOCKS, blocks) }, (_, i) => blocks - i);
  const second = await ask(heights.map((height) => ({ method: 'getblockstats', params: [height, ['totalfee']] })));
  if (second.outcome === 'failed') return second;
  // A pruned node knows the latest blocks only: those that it answers for count.
  const fees = (Answers.safeParse(second.value).data ?? []).flatMap(({ result }) => {
    const stats = BlockStats.safeParse(result);
    return stats.success ? [stats.data.totalfee] : [];
  });
  if (fees.length === 0)
    return failed('garbage', `${host} tells no fees; getblockstats needs Bitcoin Core 0.17 or newer`);
  return {
    outcome: 'ok',
    snapshot: {
      atMs: time === undefined ? nowMs : Math.min(nowMs, time * 1000),
      source: `Bitcoin Core at ${host}`,
      height: blocks,
      difficulty,
      feesPerBlockSat: Math.round(fees.reduce((sum, fee) => sum + fee, 0) / fees.length),
      prices: known.prices,
      pricesAtMs: known.pricesAtMs ?? known.atMs,
    },
  };
}
