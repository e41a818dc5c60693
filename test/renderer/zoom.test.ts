import { describe, expect, it, test } from 'vitest';
import type { DecisionMark } from '#shared/ledger.ts';
import { clampStretch, tickMinutes, zoomAround } from '../../renderer/charts/zoom.ts';
import { timeTicks } from '../../renderer/charts/ticks.ts';
import { heldAt } from '../../renderer/decisions/held-at.ts';

const HOUR = 3_600_000;
const day = { fromMs: 0, toMs: 24 * HOUR };
const hours = (from: number, to: number) => ({ fromMs: from * HOUR, toMs: to * HOUR });

describe('a stretch', () => {
  it.each([
    ['on whole slots', hours(9.99, 12.01), hours(9 + 11 / 12, 12 + 1 / 12)],
    ['drawn from right to left', hours(12, 9), hours(9, 12)],
    ['inside of the day', hours(-3, 4), hours(0, 4)],
    ['not shorter than half an hour', hours(12, 12.05), hours(11.75, 12.25)],
    ['not beyond the end for that', hours(23.9, 24), hours(23.5, 24)],
    ['none where it is the whole day', hours(-1, 25), undefined],
  ])('is %s', (_, wished, stretch) => {
    expect(clampStretch(wished, day)).toEqual(stretch);
  });

  it('keeps the instant under the pointer where it is', () => {
    const { fromMs, toMs } = zoomAround(day, day, 6 * HOUR, 0.5)!;
    expect((6 * HOUR - fromMs) / (toMs - fromMs)).toBeCloseTo(0.25, 1);
    expect(toMs - fromMs).toBe(12 * HOUR);
  });

  it('has ticks that fit, also in minutes', () => {
    expect(tickMinutes(day, 9)).toBe(180);
    expect(tickMinutes(hours(12, 13), 9)).toBe(15);
    expect(timeTicks(12 * HOUR, 13 * HOUR, 'UTC', 15).map((atMs) => atMs / HOUR)).toEqual([12, 12.25, 12.5, 12.75, 13]);
  });
});

test('the last word on each load holds at an instant', () => {
  const mark = (atMs: number, loadId: string, id: string): DecisionMark => ({
    atMs,
    loadId,
    kind: 'note',
    reason: { id },
  });
  const marks = [mark(1, 'a', 'battery-first'), mark(2, 'b', 'paused'), mark(5, 'a', 'quiet-hours')];
  const at = (atMs: number) => heldAt(marks, atMs).map(({ loadId, reason }) => `${loadId} ${reason.id}`);
  expect(at(0)).toEqual([]);
  expect(at(2)).toEqual(['a battery-first', 'b paused']);
  expect(at(9)).toEqual(['a quiet-hours', 'b paused']);
});
