import { describe, expect, test } from 'vitest';
import { initialSky, watchSky, type SkyState } from '#engine/control/forecast.ts';

const LAST_S = 3600;

/** An hour of a course, read every so many seconds. */
function watched(everyS: number, surplusAt: (second: number) => number): SkyState {
  const sky = initialSky();
  for (let second = 0; second <= LAST_S; second += everyS) watchSky(sky, surplusAt(second), undefined, second * 1000);
  return sky;
}

describe('the same sky, read more rarely', () => {
  // Falls by 1 W a second for 10 minutes, then rises as fast: half of the time it loses 10 W in 10 s.
  const saw = (second: number) => 2000 + Math.abs((second % 1200) - 600);

  test.each([1, 2, 5, 10, 20, 60])('falls as far in 10 s when read every %i s', (everyS) => {
    const steady = watched(everyS, (second) => 5000 - second);
    expect(steady.fallW).toBeGreaterThan(9.5);
    expect(steady.fallW).toBeLessThanOrEqual(10);
    expect(watched(everyS, saw).fallW).toBeLessThan(10);
  });

  test.each([20, 60])('is not taken for noise of the meter when read every %i s', (everyS) => {
    expect(watched(everyS, saw).jitterW).toBeLessThan(6);
  });
});

test('a meter that jumps between two readings a second apart is a noisy one', () => {
  expect(watched(1, (second) => 2000 + 20 * (second % 2)).jitterW).toBeCloseTo(20, 0);
});
