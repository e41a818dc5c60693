import { expect, it } from 'vitest';
import { fuzz } from '../devices/fuzz.ts';
import { seeded } from '../devices/mutate.ts';
import { fuzzMiners } from '../miners/decoders.ts';

it.each([1, 2, 3, 4])('25,000 mutated replies with seed %i', (seed) => {
  expect(fuzz(seed, 25_000).decoded).toBe(25_000);
});

it('100,000 mutated replies of miners', () => {
  fuzzMiners(seeded(5), 100_000);
});
