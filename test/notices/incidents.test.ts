import { expect, it } from 'vitest';
import { trackIncidents, type Condition, type IncidentState } from '#engine/notices/incidents.ts';

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
      [2, [hot]],
    ],
    ['0 too-hot', '2 too-hot'],
  ],
  ['keeps loads apart', [[0, [hot, { ...hot, subject: 'bitaxe' }]]], ['0 too-hot', '0 too-hot']],
  ['counts a condition named twice once', [[0, [hot, hot]]], ['0 too-hot']],
])('%s', (_, rows, expected) => {
  expect(told(rows)).toEqual(expected);
});
