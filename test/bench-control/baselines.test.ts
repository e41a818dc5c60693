import { describe, expect, test } from 'vitest';
import { b1 } from '../bench/control/policies/b1.ts';
import { b2 } from '../bench/control/policies/b2.ts';
import { b3 } from '../bench/control/policies/b3.ts';
import { b4 } from '../bench/control/policies/b4.ts';
import type { Policy } from '../bench/control/policy.ts';
import { contextOf, seenAt } from './support.ts';

const PMIN = 944;
const context = contextOf('S1', 'L1');

/** Drives a policy: from second `t` on the net grid power and the draw are these. @returns setpoints at the asked seconds */
function drive(
  policy: Policy,
  path: readonly (readonly [t: number, netW: number | undefined, drawW?: number, batteryW?: number])[],
  ask: readonly number[],
) {
  const asked = new Map<number, number>();
  for (let t = 0; t <= Math.max(...ask); t++) {
    const [, netW, drawW, batteryW] = path.findLast(([from]) => from <= t) ?? [0, 0];
    const [setpointW] = Array.from(policy.decide(seenAt(t, netW, drawW, batteryW)));
    if (ask.includes(t)) asked.set(t, setpointW ?? 0);
  }
  return ask.map((t) => asked.get(t));
}

describe('B1', () => {
  test.each([
    ['starts at its minimum after 60 s of enough surplus', [[0, -2000]], [30, 59, 60], [0, 0, PMIN]],
    [
      'decides every 30 s',
      [
        [0, -2000],
        [95, -100, PMIN],
      ],
      [90, 119, 120],
      [2000, 2000, 1044],
    ],
    [
      'forgets the delay when the surplus sinks',
      [
        [0, -2000],
        [30, -500],
        [60, -2000],
      ],
      [60, 90, 120],
      [0, 0, PMIN],
    ],
    [
      'follows the target and stays within its maximum',
      [
        [0, -2000],
        [90, -9000, PMIN],
      ],
      [90, 120],
      [3050, 3050],
    ],
    [
      'holds its minimum for 180 s of import, then stops',
      [
        [0, -2000],
        [90, 300, PMIN],
      ],
      [90, 240, 269, 270],
      [PMIN, PMIN, PMIN, 0],
    ],
    [
      'clears the timer while there is no import',
      [
        [0, -2000],
        [90, 300, PMIN],
        [240, -10, PMIN - 100],
        [270, 300, PMIN],
      ],
      [270, 420, 450],
      [PMIN, PMIN, 0],
    ],
    [
      'keeps the setpoint without a meter',
      [
        [0, -2000],
        [90, undefined, PMIN],
      ],
      [90, 3000],
      [PMIN, PMIN],
    ],
    ['counts a charging battery as surplus', [[0, 0, 0, -2000]], [60], [PMIN]],
    ['does not count a discharging one', [[0, -2000, 0, 2000]], [60], [0]],
  ] as const)('%s', (_, path, ask, expected) => {
    expect(drive(b1(context), path, ask)).toEqual(expected);
  });
});

describe('B2', () => {
  test.each([
    ['starts at once', [[0, -2000]], [0], [2000]],
    [
      'follows every second',
      [
        [0, -2000],
        [1, -100, 1500],
        [2, 50, 1500],
      ],
      [0, 1, 2],
      [2000, 1600, 1450],
    ],
    [
      'stops 120 s after its start at the earliest',
      [
        [0, -2000],
        [5, 900, 1000],
      ],
      [5, 119, 120],
      [PMIN, PMIN, 0],
    ],
    [
      'starts 30 s after its stop at the earliest',
      [
        [0, -2000],
        [125, 900, 1000],
        [126, -2000],
      ],
      [125, 154, 155],
      [0, 0, 2000],
    ],
    [
      'holds its draw without a meter',
      [
        [0, -2000],
        [5, undefined, 1700],
      ],
      [5, 500],
      [1700, 1700],
    ],
  ] as const)('%s', (_, path, ask, expected) => {
    expect(drive(b2(context), path, ask)).toEqual(expected);
  });
});

describe('B3', () => {
  const minutes = (count: number) => count * 60;
  test.each([
    ['starts on a 30-min median of 150 W, at its minimum', [[0, -200]], [minutes(28), minutes(29)], [0, PMIN]],
    ['does not start on less', [[0, -140]], [minutes(60)], [0]],
    ['takes 950 W per kW in steps of 250 W', [[0, -2000]], [minutes(29)], [1750]],
    [
      'stays on for 30 min without surplus',
      [
        [0, -2000],
        [minutes(30), 500],
      ],
      [minutes(50), minutes(58), minutes(59)],
      [PMIN, PMIN, 0],
    ],
    [
      'changes power every 15 min at the earliest',
      [
        [0, -2000],
        [minutes(30), -1000, 1750],
      ],
      [minutes(43), minutes(44)],
      [1750, 2500],
    ],
    [
      'rests for 5 min',
      [
        [0, -200],
        [minutes(60), -200],
      ],
      [minutes(29), minutes(59), minutes(63), minutes(64)],
      [PMIN, 0, 0, PMIN],
    ],
    [
      'keeps running without data',
      [
        [0, -2000],
        [minutes(30), undefined],
      ],
      [minutes(600)],
      [1750],
    ],
  ] as const)('%s', (_, path, ask, expected) => {
    expect(drive(b3(context), path, ask)).toEqual(expected);
  });
});

describe('B4', () => {
  test.each([
    ['starts after 60 s of enough export', [[0, -1500]], [50, 60], [0, PMIN]],
    ['starts at its maximum where that is covered', [[0, -3100]], [60], [3050]],
    [
      'waits anew after a dip',
      [
        [0, -1500],
        [30, -900],
        [40, -1500],
      ],
      [60, 90, 100],
      [0, 0, PMIN],
    ],
    [
      'stops after 60 s of import',
      [
        [0, -1500],
        [70, 5],
      ],
      [120, 130],
      [PMIN, 0],
    ],
    [
      'holds while the meter is silent',
      [
        [0, -1500],
        [70, undefined],
      ],
      [600],
      [PMIN],
    ],
  ] as const)('%s', (_, path, ask, expected) => {
    expect(drive(b4(context), path, ask)).toEqual(expected);
  });
});

test('a shelf is filled from the largest load down', () => {
  const policy = b2(contextOf('S1', 'L3'));
  expect(Array.from(policy.decide(seenAt(0, -1600)))).toEqual([1400, 140, 0, 18, 18, 18, 0, 0, 0, 0, 0, 0, 0]);
});
