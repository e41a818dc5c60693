import { describe, expect, test } from 'vitest';
import { recordedOf } from '#engine/planner/recorded.ts';
import { replay } from '#engine/planner/replay.ts';
import { recordedDay } from './second-by-second.ts';

const DAY_MS = 86_400_000;

function again(trace: string, site: 'S1' | 'S4', change: object = {}) {
  const { minutes, wh, parts } = recordedDay(trace, site);
  const fromMs = minutes[0]!.startMs;
  const recorded = recordedOf(minutes, { fromMs, toMs: fromMs + DAY_MS }, { timeZone: 'UTC', mayHoldBack: true })!;
  const order = { recorded, happened: {}, happenedEarnings: {}, today: parts, changed: { ...parts, ...change } };
  return { wh, parts, result: replay(order, () => {}) };
}

describe.each(['S1', 'S4'] as const)('a clear day on %s, recorded second by second', (site) => {
  const { wh, result } = again('own-clear', site);
  test.each(['production', 'demand', 'import', 'export', 'charge', 'discharge'] as const)(
    "today's settings reproduce its %s within 1 % of the day's production",
    (flow) => {
      expect(Math.abs(result.today[flow] / 1000 - wh[flow]!)).toBeLessThan(0.01 * wh['production']!);
    },
  );
  test('and what the miner drew within 1 %', () => {
    expect(Math.abs(result.today.draw / 1000 / wh['load:asic']! - 1)).toBeLessThan(0.01);
  });
  test('the record is whole, and what it was held back by is known', () => {
    expect(result).toMatchObject({ coverage: 1, lowerBound: false });
    expect(result.days).toHaveLength(1);
  });
});

test('broken clouds make a plan too hopeful by up to a tenth: minutes hide what happens within them', () => {
  const { wh, result } = again('own-broken', 'S1');
  expect(Math.abs(result.today.draw / 1000 / wh['load:asic']! - 1)).toBeLessThan(0.1);
});

test('a second, smaller miner takes more of the same day, and the plant makes no more than it could', () => {
  const first = again('own-broken', 'S1');
  const [model] = first.parts.loads;
  const { result } = again('own-broken', 'S1', {
    loads: [model, { ...model, id: 'small', levels: { kind: 'steps', watts: [200, 400, 600] } }],
  });
  expect(result.changed.draw).toBeGreaterThan(result.today.draw);
  expect(result.changed.potential).toBe(result.today.potential);
  expect(result.changed.production).toBeLessThanOrEqual(result.changed.potential);
});

test('nothing recorded: nothing is replayed', () => {
  expect(recordedOf([], { fromMs: 0, toMs: DAY_MS }, { timeZone: 'UTC', mayHoldBack: false })).toBeUndefined();
});
