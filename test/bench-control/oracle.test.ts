import { describe, expect, test } from 'vitest';
import { factories } from '../bench/control/policies/all.ts';
import { POLICY_IDS } from '../bench/control/policy.ts';
import { seededRandom } from '../bench/control/random.ts';
import { dayWithoutLoads, prepareRun, runPolicy } from '../bench/control/run.ts';
import { traceOf } from './support.ts';

const DAY_S = 2 * 3600;

/** Two hours of clouds that come and go every few minutes, with a kettle now and then. */
function smallDay(seed: number) {
  const random = seededRandom(seed);
  let light = 1;
  let cloud = 1;
  let kettleUntil = 0;
  return traceOf(
    DAY_S,
    (t) => {
      if (t % 60 === 0 && random() < 0.25) cloud = random() < 0.5 ? 1 : 0.15 + 0.4 * random();
      light += (cloud - light) / 15;
      return 4200 * light * Math.sin((Math.PI * t) / DAY_S);
    },
    (t) => {
      if (random() < 1 / 2400) kettleUntil = t + 150;
      return 200 + (t < kettleUntil ? 2000 : 0);
    },
  );
}

describe.each([1, 2])('on small day %d', (seed) => {
  const trace = smallDay(seed);
  describe.each(['S1', 'S2', 'S3'] as const)('on %s', (site) => {
    test.each(['L1', 'L2', 'L3'] as const)('the oracle scores at least what every policy scores with %s', (load) => {
      const makers = factories();
      const context = prepareRun(trace, dayWithoutLoads(trace, site), load);
      const rows = POLICY_IDS.map((id) => runPolicy(context, makers[id]));
      const oracle = rows.find((row) => row.policy === 'oracle');
      expect(oracle?.figures.strictScore).toBeGreaterThan(0);
      for (const row of rows)
        expect(row.figures.strictScore, row.policy).toBeLessThanOrEqual((oracle?.figures.strictScore ?? 0) + 0.2);
      expect(oracle?.refused).toBe(0);
    });
  });

  test('oracle12 starts at most 12 times and loses by it', () => {
    const { oracle, oracle12 } = factories();
    const context = prepareRun(trace, dayWithoutLoads(trace, 'S1'), 'L1');
    const few = runPolicy(context, oracle12);
    expect(few.starts).toBeLessThanOrEqual(12);
    expect(few.figures.strictScore).toBeLessThanOrEqual(runPolicy(context, oracle).figures.strictScore + 0.2);
  });
});

test('a foreseen dip that costs more than a start is stepped out of', () => {
  const trace = traceOf(7200, (t) => (t > 3000 && t < 4200 ? 0 : 2000));
  const { oracle } = factories();
  const row = runPolicy(prepareRun(trace, dayWithoutLoads(trace, 'S1'), 'L1'), oracle);
  expect(row.starts).toBe(2);
  expect(row.gridFedWh).toBeLessThan(5);
});
