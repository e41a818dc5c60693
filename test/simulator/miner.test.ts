import { expect, test } from 'vitest';
import { createMiner, hashrateAt } from '#engine/simulator/miner.ts';
import { HOME } from '#engine/simulator/scene.ts';

const spec = HOME.asics['asic']!;
const run = (miner: ReturnType<typeof createMiner>, seconds: number) => {
  for (let i = 0; i < seconds; i += 1) miner.step(1);
};

test('a start takes 90 s at 150 W without hashing, then rises by 15 W/s to its target', () => {
  const miner = createMiner(spec, 1);
  miner.wanted = 'run';
  run(miner, 90);
  expect(miner).toMatchObject({ phase: 'starting', drawW: 150, hashrateThs: 0, starts: 1 });
  run(miner, 1);
  expect(miner).toMatchObject({ phase: 'mining', drawW: 165 });
  run(miner, 60);
  expect(miner.drawW).toBe(944);
  expect(miner.hashrateThs).toBeGreaterThan(50);
  miner.targetW = 1244;
  run(miner, 20);
  expect(miner.drawW).toBe(1244);
});

test('it sheds 100 W/s, and a pause during the start ends it', () => {
  const miner = createMiner(spec, 1);
  miner.wanted = 'run';
  miner.targetW = 2000;
  run(miner, 300);
  miner.wanted = 'pause';
  run(miner, 1);
  expect(miner).toMatchObject({ phase: 'paused', drawW: 1900, hashrateThs: 0 });
  run(miner, 20);
  expect(miner.drawW).toBe(spec.standbyW);
  miner.wanted = 'run';
  run(miner, 30);
  miner.wanted = 'pause';
  run(miner, 3);
  expect(miner).toMatchObject({ phase: 'paused', drawW: spec.standbyW, starts: 2 });
});

test('shares follow the work that was done', () => {
  const miner = createMiner(spec, 7);
  miner.wanted = 'run';
  run(miner, 6 * 3600);
  const expected = (miner.work * 1e12) / (spec.poolDifficulty * 2 ** 32);
  expect(miner.accepted + miner.rejected).toBeGreaterThan(expected - 4 * Math.sqrt(expected));
  expect(miner.accepted + miner.rejected).toBeLessThan(expected + 4 * Math.sqrt(expected));
});

test.each([
  [0, 0],
  [944, 57],
  [1222, 74],
  [9999, 171],
])('%d W hash %d TH/s', (drawW, ths) => expect(hashrateAt(spec.curve, drawW)).toBeCloseTo(ths, 6));
