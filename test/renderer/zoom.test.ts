import { describe, expect, it, test } from 'vitest';
import type { DecisionMark } from '#shared/ledger.ts';
import { barTicks, barsOf, totalsOf } from '../../renderer/charts/bars.ts';
import { indexAt, slotCells } from '../../renderer/charts/cells.ts';
import { cellsOf } from '../../renderer/periods/cells.ts';
import { spanOf } from '../../renderer/periods/period.ts';
import { reportOf } from '../support/fixture/report.ts';
import { NOW_MS } from '../support/fixture/scenes.ts';
import { clampStretch, tickMinutes, zoomAround } from '../../renderer/charts/zoom.ts';
import { timeTicks } from '../../renderer/charts/ticks.ts';
import { heldAt } from '../../renderer/decisions/held-at.ts';

const HOUR = 3_600_000;
const day = { fromMs: 0, toMs: 24 * HOUR };
const slots = slotCells(0, 24 * HOUR);
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
    expect(clampStretch(wished, slots)).toEqual(stretch);
  });

  it('keeps the instant under the pointer where it is', () => {
    const { fromMs, toMs } = zoomAround(day, slots, 6 * HOUR, 0.5)!;
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

describe('the cells of a period', () => {
  const zone = 'Europe/Berlin';
  const cells = (period: 'week' | 'month' | 'year', at: string) => cellsOf(spanOf(period, at, 0, zone), [], zone);

  it.each([
    ['a week', 'week', '2026-06-18', 168],
    ['the week of the short day', 'week', '2026-03-29', 167],
    ['the week of the long day', 'week', '2026-10-25', 169],
    ['February', 'month', '2028-02-10', 29],
    ['a year', 'year', '2026-01-01', 12],
  ] as const)('%s has each of its own', (_, period, at, count) => {
    const all = cells(period, at);
    expect(all).toHaveLength(count);
    for (const [i, cell] of all.entries()) expect(cell.startMs).toBe(all[i - 1]?.endMs ?? all[0]!.startMs);
  });

  it('of all time begin and end with the ledger', () => {
    const span = spanOf('all', null, NOW_MS, zone);
    const { rows } = reportOf(span.fromMs, span.toMs, 'month', NOW_MS);
    const all = cellsOf(span, rows, zone);
    expect(all).toHaveLength(8);
    expect(cellsOf(span, [], zone).length).toBeGreaterThan(200);
  });

  it('is found by an instant, also one outside', () => {
    for (const [i, { startMs, endMs }] of slots.entries()) {
      expect(indexAt(slots, startMs)).toBe(i);
      expect(indexAt(slots, endMs - 1)).toBe(i);
    }
    expect(indexAt(slots, -5)).toBe(0);
    expect(indexAt(slots, 99 * HOUR)).toBe(287);
  });

  it('has a bar for each row, a gap elsewhere, and sums that are the report’s', () => {
    const span = spanOf('month', '2026-06-01', 0, zone);
    const report = reportOf(span.fromMs, span.toMs, 'day', NOW_MS);
    const days = cellsOf(span, report.rows, zone);
    const mined = barsOf(days, report.rows, 'mining');
    expect(mined.filter((each) => each !== null)).toHaveLength(18);
    expect(mined.slice(18)).toEqual(Array.from({ length: 12 }, () => null));
    expect(mined.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBeCloseTo(report.sum.flows.draw!, -2);
    const totals = totalsOf(days, report.rows, ['mining', 'demand']);
    expect(totals[3]).toBeCloseTo(report.rows[3]!.flows.draw! + report.rows[3]!.flows.demand!, 3);
    // A row that nothing was read for is no bar of nothing.
    const unread = report.rows.map((row, i) => (i === 2 ? { ...row, coverage: 0 } : row));
    expect(barsOf(days, unread, 'mining')[2]).toBeNull();
  });

  it('is named by days over a week of hours, and by hours over a day of them', () => {
    const week = cells('week', '2026-06-18');
    const whole = { fromMs: week[0]!.startMs, toMs: week.at(-1)!.endMs };
    const startsDay = ({ startMs }: { startMs: number }) => (startMs - week[0]!.startMs) % (24 * HOUR) === 0;
    const byDay = barTicks(week, whole, 10, startsDay);
    expect(byDay.map(({ ofDay }) => ofDay)).toEqual(Array.from({ length: 7 }, () => true));
    const day2 = { fromMs: week[24]!.startMs, toMs: week[47]!.endMs };
    const byHour = barTicks(week, day2, 10, startsDay);
    expect(byHour).toHaveLength(8);
    expect(byHour[0]).toEqual({ atMs: day2.fromMs + HOUR / 2, cellMs: day2.fromMs, ofDay: false });
  });
});
