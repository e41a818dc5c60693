import type { PoolKind } from '#shared/pool.ts';
import { askBraiins } from './braiins.ts';
import { askF2pool } from './f2pool.ts';
import { askOcean } from './ocean.ts';
import type { AskPool } from './pool.ts';
import { askCkpool, askPublicPool } from './solo.ts';
import { askViabtc } from './viabtc.ts';

export const pools: Record<PoolKind, AskPool> = {
  braiins: askBraiins,
  ocean: askOcean,
  f2pool: askF2pool,
  viabtc: askViabtc,
  ckpool: askCkpool,
  'public-pool': askPublicPool,
};
