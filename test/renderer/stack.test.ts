import { expect, test } from 'vitest';
import { clusterMarks } from '../../renderer/charts/marks.ts';
import { rowAt, stackAreas } from '../../renderer/charts/stack.ts';
import { timeTicks } from '../../renderer/charts/ticks.ts';
import { DAY_START_MS, SLOT_MS, slotsOfDay } from '../support/fixture/day.ts';

const day = slotsOfDay(DAY_START_MS);

test('the bands stack to the sum of their series', () => {
  const bands = stackAreas(day, ['demand', 'charge', 'mining', 'export']);
  const noon = day[144]!;
  const middle = (noon.startMs + noon.endMs) / 2;
  const top = bands.at(-1)!.points.find(({ x }) => x === middle)!.y!;
  const { demand = 0, charge = 0, draw = 0, export: exported = 0 } = noon.flows;
  expect(top).toBeCloseTo(((demand + charge + draw + exported) * 3600) / SLOT_MS);
});

test('both sides of the balance reach the same height', () => {
  const went = stackAreas(day, ['demand', 'charge', 'mining', 'export']).at(-1)!;
  const came = stackAreas(day, ['production', 'discharge', 'import']).at(-1)!;
  went.points.forEach(({ y }, i) => expect(Math.abs(y! - came.points[i]!.y!)).toBeLessThan(0.1));
});

test('a slot without readings is a gap that nothing joins', () => {
  const rows = day.slice(0, 4).map((row, i) => ({ ...row, coverage: i === 1 ? 0 : 1 }));
  const [band] = stackAreas(rows, ['demand']);
  expect(band!.points.map(({ y }) => y === null)).toEqual([false, false, false, true, false, false, false, false]);
  expect(band!.points[0]!.x).toBe(rows[0]!.startMs);
  expect(band!.points.at(-1)!.x).toBe(rows[3]!.endMs);
});

test('rows that are missing altogether are a gap too', () => {
  const [band] = stackAreas([day[0]!, day[3]!], ['demand']);
  expect(band!.points.filter(({ y }) => y === null)).toHaveLength(1);
});

test('an instant finds its row', () => {
  expect(rowAt(day, DAY_START_MS)).toBe(day[0]);
  expect(rowAt(day, DAY_START_MS + SLOT_MS * 7 + 1)).toBe(day[7]);
  expect(rowAt(day, DAY_START_MS - 1)).toBeUndefined();
});

test.each([
  ['a usual day', '2026-06-01T00:00+02:00', 24, 9],
  ['23 hours in spring', '2026-03-29T00:00+01:00', 23, 9],
  ['25 hours in autumn', '2026-10-25T00:00+02:00', 25, 9],
])('ticks every three local hours on %s', (_, start, hours, count) => {
  const fromMs = Date.parse(start);
  const ticks = timeTicks(fromMs, fromMs + hours * 3_600_000, 'Europe/Berlin', 180);
  expect(ticks).toHaveLength(count);
  const local = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' });
  for (const tick of ticks) expect(Number(local.format(tick)) % 3).toBe(0);
});

test('marks within 24 px become one', () => {
  const mark = (atMs: number) => ({ atMs, loadId: 'a', kind: 'raise' as const, reason: {} });
  const clusters = clusterMarks([0, 10, 23, 24, 60].map(mark), (atMs) => atMs);
  expect(clusters.map(({ marks }) => marks.length)).toEqual([3, 1, 1]);
});
