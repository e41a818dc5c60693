import { expect, test } from 'vitest';
import { fanShape, HEIGHT, WIDTH } from '../../renderer/views/planner/fan-shape.ts';

const month = (at: number, p10: number, p50: number, p90: number) => ({ month: at, p10, p50, p90 });

test('the fan lies inside its frame, money above zero above the line, with a mark each year', () => {
  const fan = [month(0, -600, -600, -600), month(12, -500, -300, -100), month(24, -400, 0, 600)];
  const shape = fanShape({ fan, capitalMicro: 600e6 })!;
  const corners = [...shape.band, ...shape.middle].map((corner) => corner.split(',').map(Number));
  for (const [x, y] of corners) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(WIDTH);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(HEIGHT);
  }
  expect(Number(shape.middle.at(-1)!.split(',')[1])).toBe(shape.zeroY);
  expect(Number(shape.band[2]!.split(',')[1])).toBeLessThan(shape.zeroY);
  expect(shape.marks.map((mark) => mark.month)).toEqual([0, 12, 24]);
});

test('no months, no fan', () => {
  expect(fanShape({ fan: [], capitalMicro: 1 })).toBeUndefined();
});
