import { describe, expect, it } from 'vitest';
import { expectedSats, satsPerThHour } from '#engine/accounting/earnings.ts';
import { workBetween, workOf } from '#engine/accounting/work.ts';

const timed = <T>(value: T) => ({ value, atMs: 0 });
const at = (seconds: number, shares: number, difficulty?: number) => ({
  atMs: seconds * 1000,
  shares,
  ...(difficulty === undefined ? {} : { difficulty }),
});

describe('workBetween', () => {
  it.each([
    ['goes on', at(0, 10, 100), at(10, 12, 140), { shares: 2, difficulty: 40 }],
    ['stands still', at(0, 10, 100), at(10, 10, 100), { shares: 0, difficulty: 0 }],
    // The miner was restarted between: all it counted since is new, what it had before was counted.
    ['begins anew', at(0, 10, 100), at(10, 3, 30), { shares: 3, difficulty: 30 }],
    ['is seen the first time', undefined, at(10, 900, 9e9), undefined],
    ['was away for a day', at(0, 10, 100), at(86_400, 9000, 90_000), undefined],
    ['has a clock set back', at(100, 10, 100), at(10, 12, 140), undefined],
    ['counts shares only, of unknown difficulty', at(0, 10), at(10, 12), undefined],
  ])('%s', (_, before, now, done) => expect(workBetween(before, now)).toEqual(done));

  it('takes the pool’s difficulty where a device counts shares only', () =>
    expect(workBetween(at(0, 10), { ...at(10, 12), shareDifficulty: 1000 })).toEqual({ shares: 2, difficulty: 2000 }));

  it.each([
    ['now', { atMs: 0, shares: 10 }, { atMs: 10_000, shareDifficulty: 1000 }],
    ['before', { atMs: 0 }, { atMs: 10_000, shares: 12, shareDifficulty: 1000 }],
  ])('takes no count %s as unknown work, not as none', (_, before, now) =>
    expect(workBetween(before, now)).toBeUndefined(),
  );

  it('tells no shares where only their difficulty is counted', () =>
    expect(workBetween({ atMs: 0, difficulty: 5 }, { atMs: 10_000, difficulty: 9 })).toEqual({ difficulty: 4 }));
});

it('values shares like the network does, less the pool’s fee', () => {
  const june = { height: 952_000, difficulty: 124.93e12, feesPerBlockSat: 1_543_887 };
  const market = { satsPerThHour: satsPerThHour(june), poolFee: 0.02, fresh: true };
  const load = { acceptedShares: timed(1), acceptedDifficulty: timed(1e9) };
  // 1e9 of difficulty are 2513.8 sats (earnings.test.ts), less 2 % = 2463.5.
  expect(1e9 * (workOf(load, market)?.satsPerDifficulty ?? 0)).toBeCloseTo(expectedSats(1e9, june) * 0.98, 6);
  expect(workOf({ hashrate: timed(5) }, market)).toBeUndefined();
  expect(workOf(load, { poolFee: 0, fresh: false })?.satsPerDifficulty).toBeUndefined();
});
