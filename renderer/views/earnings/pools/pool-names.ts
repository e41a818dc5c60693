import type { PoolKind } from '#shared/pool.ts';

/** Names of their own, the same in every language. */
export const poolNames: Record<PoolKind, string> = {
  braiins: 'Braiins Pool',
  ocean: 'Ocean',
  f2pool: 'F2Pool',
  viabtc: 'ViaBTC',
  ckpool: 'CKPool',
  'public-pool': 'public-pool',
};

/** Those that ask for a token of the account; the others know a miner by its address. */
export const withToken: readonly PoolKind[] = ['braiins', 'f2pool', 'viabtc'];
