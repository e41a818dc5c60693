import { describe, expect, it } from 'vitest';
import { afterCrash } from '../../electron/main/crash-policy.ts';

const MINUTE = 60_000;

describe('after a crash', () => {
  it.each([
    { crashes: [0], now: 0, verdict: { outcome: 'restart', waitMs: 1_000 } },
    { crashes: [0, 5_000], now: 5_000, verdict: { outcome: 'restart', waitMs: 2_000 } },
    { crashes: [0, 5_000, 9_000, 20_000], now: 20_000, verdict: { outcome: 'restart', waitMs: 8_000 } },
    { crashes: [0, 1, 2, 3, 4], now: 4, verdict: { outcome: 'give-up', crashes: 5 } },
    // The first one is out of the ten minutes, so this is the fourth.
    {
      crashes: [0, 8, 9, 9.5, 10].map((m) => m * MINUTE),
      now: 10 * MINUTE,
      verdict: { outcome: 'restart', waitMs: 8_000 },
    },
    { crashes: [0, 30 * MINUTE], now: 30 * MINUTE, verdict: { outcome: 'restart', waitMs: 1_000 } },
  ])('$crashes at $now: $verdict.outcome', ({ crashes, now, verdict }) => {
    expect(afterCrash(crashes, now)).toEqual(verdict);
  });
});
