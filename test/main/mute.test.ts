import { describe, expect, it } from 'vitest';
import { muteEndMs } from '../../electron/main/mute.ts';

describe('when a mute ends', () => {
  const evening = new Date(2026, 5, 30, 22, 15);
  it.each([
    { until: 'hour' as const, end: new Date(2026, 5, 30, 23, 15) },
    { until: 'tomorrow' as const, end: new Date(2026, 6, 1) },
    { until: 'off' as const, end: new Date(0) },
  ])('$until', ({ until, end }) => {
    expect(muteEndMs(until, evening)).toBe(end.getTime());
  });
});
