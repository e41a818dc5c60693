import { expect, it } from 'vitest';
import {
  resumeIncidents,
  toldKeys,
  trackIncidents,
  type Condition,
  type IncidentState,
} from '#engine/notices/incidents.ts';

const silent: Condition = { id: 'meter-silent', level: 'warn', message: 'silent', afterMs: 60_000 };
const hot: Condition = { id: 'too-hot', subject: 's19', level: 'critical', message: 'hot', afterMs: 0 };

/** Runs rows of [second, conditions] and gives the seconds at which each id was told. */
function told(rows: [number, Condition[]][]): string[] {
  let state: IncidentState = {};
  return rows.flatMap(([second, conditions]) => {
    const result = trackIncidents(state, conditions, second * 1000);
    state = result.state;
    return result.begun.map((condition) => `${second} ${condition.id}`);
  });
}

it.each<[string, [number, Condition[]][], string[]]>([
  [
    'tells once when the time is up',
    [
      [0, [silent]],
      [59, [silent]],
      [60, [silent]],
      [61, [silent]],
      [999, [silent]],
    ],
    ['60 meter-silent'],
  ],
  [
    'starts anew after the condition ended',
    [
      [0, [silent]],
      [40, []],
      [50, [silent]],
      [100, [silent]],
      [110, [silent]],
    ],
    ['110 meter-silent'],
  ],
  [
    'tells again for a new incident',
    [
      [0, [hot]],
      [1, []],
      [700, []],
      [701, [hot]],
    ],
    ['0 too-hot', '701 too-hot'],
  ],
  [
    'counts from then on where the clock is set back',
    [
      [3600, [silent]],
      [10, [silent]],
      [69, [silent]],
      [70, [silent]],
      [3660, [silent]],
    ],
    ['70 meter-silent'],
  ],
  [
    'takes what flickers for one incident',
    [
      [0, [hot]],
      [1, []],
      [2, [hot]],
      [3, []],
      [500, [hot]],
    ],
    ['0 too-hot'],
  ],
  ['keeps loads apart', [[0, [hot, { ...hot, subject: 'bitaxe' }]]], ['0 too-hot', '0 too-hot']],
  ['counts a condition named twice once', [[0, [hot, hot]]], ['0 too-hot']],
])('%s', (_, rows, expected) => {
  expect(told(rows)).toEqual(expected);
});

it('says nothing twice over a restart, though the new engine needs minutes to find it out again', () => {
  const told = toldKeys(trackIncidents({}, [hot, silent], 0).state);
  expect(told).toEqual(['too-hot s19']);
  let state = resumeIncidents(told, 1000);
  for (const [second, conditions] of [
    [2, []],
    [300, [hot]],
    [700, [hot]],
  ] as const) {
    const result = trackIncidents(state, conditions, second * 1000);
    expect(result.begun).toEqual([]);
    state = result.state;
  }
  expect(trackIncidents(resumeIncidents(told, 0), [], 600_000).state).toEqual({});
});
