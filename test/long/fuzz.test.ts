import { expect, it } from 'vitest';
import { fuzz } from '../devices/fuzz.ts';

it.each([1, 2, 3, 4])('25,000 mutated replies with seed %i', (seed) => {
  expect(fuzz(seed, 25_000).decoded).toBe(25_000);
});
