import { afterAll, it } from 'vitest';
import { QUICK, titleOf } from './all.ts';
import { breakBoth, tableOf, type Outcome } from './pair.ts';

const outcomes: Outcome[] = [];
afterAll(() => void process.stdout.write(`\n${tableOf(outcomes)}`));

it.each(QUICK.map((pair) => [titleOf(pair), pair] as const))('%s', { timeout: 180_000 }, async (_, pair) => {
  outcomes.push(await breakBoth(pair));
});
