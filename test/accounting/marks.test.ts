import { expect, it } from 'vitest';
import type { Decision, ReasonId } from '#shared/control.ts';
import { marksOf, type MarkState } from '#engine/accounting/marks.ts';

/** A second each: `[reason, setpoint W]`. */
function marksFor(story: readonly (readonly [ReasonId, number])[]) {
  let state: MarkState = { setpoints: {} };
  return story.flatMap(([id, setpointW], second) => {
    const decision: Decision = {
      atMs: second * 1000,
      surplusIsLowerBound: false,
      reserveW: 0,
      headroomW: 0,
      loads: [{ loadId: 'asic', setpointW, reason: { id }, ladder: [] }],
    };
    const next = marksOf(state, decision);
    state = next.state;
    return next.marks.map(({ atMs, kind, reason }) => [atMs / 1000, kind, (reason as { id: string }).id]);
  });
}
const seconds = (count: number, id: ReasonId, setpointW = 0) =>
  Array.from({ length: count }, () => [id, setpointW] as const);

it('notes a reason that lasts, from when it began, once', () => {
  const story = [...seconds(5, 'starting-up'), ...seconds(200, 'waiting-for-surplus')];
  expect(marksFor(story)).toEqual([[5, 'note', 'waiting-for-surplus']]);
});

it('notes nothing that flickers', () => {
  const flicker = Array.from({ length: 20 }, () => [
    ...seconds(8, 'waiting-for-surplus'),
    ...seconds(7, 'starting-soon'),
  ]).flat();
  expect(marksFor([...seconds(70, 'waiting-for-surplus'), ...flicker])).toEqual([[0, 'note', 'waiting-for-surplus']]);
});

it('lets a decision speak for its reason', () => {
  const story = [
    ...seconds(70, 'waiting-for-surplus'),
    ...seconds(100, 'mining-surplus', 900),
    ...seconds(100, 'battery-first'),
  ];
  expect(marksFor(story)).toEqual([
    [0, 'note', 'waiting-for-surplus'],
    [70, 'start', 'mining-surplus'],
    [170, 'stop', 'battery-first'],
  ]);
});
