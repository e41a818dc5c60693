import { expect, it } from 'vitest';
import { reconcile, type Chain } from '#engine/accounting/reconcile.ts';

const chain = (over: Partial<Chain>): Chain => ({
  estimatedSats: 1000,
  verifiedSats: 990,
  shares: 10_000,
  creditedSats: 985,
  paidSats: 900,
  unpaidSats: 85,
  ...over,
});

it.each<[string, Partial<Chain>, string]>([
  ['all agree', {}, 'none'],
  ['the miner over-reports by 15 %', { verifiedSats: 850, creditedSats: 850, unpaidSats: 0 }, 'device-over-reports'],
  [
    'the miner tells less than it does',
    { verifiedSats: 1200, creditedSats: 1200, paidSats: 1200 },
    'device-under-reports',
  ],
  // 100 shares: two standard errors are 20 %; 15 % less may be luck.
  ['few shares', { shares: 100, verifiedSats: 850, creditedSats: 850 }, 'noise'],
  [
    'the pool credits 20 % less than the shares',
    { creditedSats: 790, paidSats: 790, unpaidSats: 0 },
    'pool-credits-less',
  ],
  ['another miner on the account', { creditedSats: 2000, paidSats: 2000 }, 'other-miners'],
  ['credited, but neither paid nor waiting', { paidSats: 400, unpaidSats: 50 }, 'payment-missing'],
  ['no pool told anything', { creditedSats: undefined }, 'unknown-credit'],
  [
    'no shares told: the device is likelier',
    { verifiedSats: undefined, shares: undefined, creditedSats: 800, paidSats: 800 },
    'device-over-reports',
  ],
  ['nothing told', { verifiedSats: undefined, shares: undefined, creditedSats: undefined }, 'unknown-credit'],
])('%s', (_, over, cause) => expect(reconcile(chain(over)).cause).toBe(cause));
