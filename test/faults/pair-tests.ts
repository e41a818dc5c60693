import { afterAll, it } from 'vitest';
import { titleOf } from './all.ts';
import type { Pair } from './fault.ts';
import { breakBoth, tableOf, type Row } from './pair.ts';

/** A test of each pair, and at the end the table of them all. */
export function testPairs(pairs: readonly Pair[]): void {
  const rows: Row[] = [];
  afterAll(() => void process.stdout.write(`\n${tableOf(rows)}`));

  it.for(pairs.map((pair) => [titleOf(pair), pair] as const))(
    '%s',
    { timeout: 120_000 },
    async ([name, pair], { skip }) => {
      const why = pair.find(({ unavailable }) => unavailable !== undefined)?.unavailable;
      if (why !== undefined) {
        rows.push({ pair: name, says: `not tried: ${why}` });
        skip(why);
      }
      const outcome = await breakBoth(pair, pair.length === 1).catch((cause: unknown) => {
        rows.push({
          pair: name,
          says: `FAILED: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
        });
        throw cause;
      });
      rows.push(outcome);
    },
  );
}
