import { expect, it } from 'vitest';
import { countOn } from '#engine/accounting/counters.ts';

const before = (wh: number, measuredWh = 100) => ({ atMs: 0, wh, measuredMwh: measuredWh * 1000 });
const SLOT = 300_000;

it.each([
  ['goes on', before(5000), 5110, SLOT, { countedMwh: 110_000, reset: false }],
  ['is coarse: whole kWh', before(5000), 6000, SLOT, { countedMwh: 1_000_000, reset: false }],
  // Nobody looked for a day: the device counted on, and that is known.
  ['counted on while we were away', before(5000, 0), 35_000, 86_400_000, { countedMwh: 30_000_000, reset: false }],
  // A new meter shows 60 Wh; 100 Wh were measured.
  ['began anew', before(812_345), 60, SLOT, { countedMwh: 60_000, reset: true }],
  // 2^32 Wh − 40 → 70: 110 Wh passed the end of the register.
  ['ran over 32 bits', before(2 ** 32 - 40), 70, SLOT, { countedMwh: 110_000, reset: true }],
  // 0.1 Wh steps: the register ends at 429,496,729.6 Wh.
  ['ran over 32 bits of 0.1 Wh', before(429_496_729.6 - 30, 500), 470, SLOT, { countedMwh: 500_000, reset: true }],
  ['ran over five digits of kWh', before(99_999_900, 300), 200, SLOT, { countedMwh: 300_000, reset: true }],
  // Neither: another device's counter. It must add nothing, up or down.
  ['leapt up', before(5000), 900_000, SLOT, { reset: true }],
  ['fell to another', before(900_000), 500_000, SLOT, { reset: true }],
])('a counter %s', (_, last, wh, atMs, step) => {
  const { countedMwh, ...rest } = countOn(last, wh, atMs);
  const { countedMwh: expected, ...others } = step as { countedMwh?: number; reset: boolean };
  expect(rest).toEqual(others);
  if (expected === undefined) expect(countedMwh).toBeUndefined();
  else expect(countedMwh).toBeCloseTo(expected, -1);
});
