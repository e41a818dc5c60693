import { afterAll, it } from 'vitest';
import { FAULTS, titleOf } from '../faults/all.ts';
import type { Pair } from '../faults/fault.ts';
import { breakBoth, tableOf, type Outcome } from '../faults/pair.ts';

const outcomes: Outcome[] = [];
afterAll(() => void process.stdout.write(`\n${tableOf(outcomes)}`));

/** Each alone, and each with every other. */
const pairs = FAULTS.flatMap((first, i): Pair[] => [
  [first],
  ...FAULTS.slice(i + 1).map((second): Pair => [first, second]),
]);

it.each(pairs.map((pair) => [titleOf(pair), pair] as const))('%s', async (_, pair) => {
  outcomes.push(await breakBoth(pair, pair.length === 1));
});
