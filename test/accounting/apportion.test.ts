import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportion } from '#engine/accounting/apportion.ts';

it('gives the largest remainder first', () => {
  // 10 in the proportion 1 : 1 : 1 is 3.33 each; the one left over goes to the first.
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(7, [0.2, 0.5, 0.3])).toEqual([1, 4, 2]);
  expect(apportion(5, [0, 0])).toEqual([5, 0]);
});

it('sums to the total, each within one of its share', () => {
  const parts = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), parts, (total, given) => {
      const whole = apportion(total, given);
      expect(whole.reduce((a, b) => a + b, 0)).toBe(total);
      const sum = given.reduce((a, b) => a + b, 0);
      if (sum > 0)
        whole.forEach((part, i) => expect(Math.abs(part - ((given[i] ?? 0) / sum) * total)).toBeLessThan(1.01));
    }),
  );
});
