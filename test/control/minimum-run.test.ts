import { expect, it } from 'vitest';
import { initialState, step } from '#engine/control/step.ts';
import { asic, input, market, MIDNIGHT_MS, snapshot } from './site.ts';

const NOON_MS = MIDNIGHT_MS + 12 * 3_600_000;
const CHANGE_S = 400;

/**
 * A load that follows at once on a plant with `surplusW`; after 400 s exporting pays `exportPerKwh`.
 * @returns second of its stop after that change and the reason just before, or undefined while it ran on
 */
function stopAfter(minRunS: number, change: { surplusW?: number; exportPerKwh?: number }, seconds = 1500) {
  let state = initialState();
  let setpointW = 0;
  let startedS = 0;
  let before = '';
  for (let second = 0; second < seconds; second += 1) {
    const changed = second >= CHANGE_S;
    const surplusW = changed ? (change.surplusW ?? 2100) : 2100;
    const tickMs = NOON_MS + second * 1000;
    const draw = { value: setpointW, atMs: tickMs };
    const exportW = surplusW - setpointW;
    const seen = snapshot(
      tickMs,
      { import: Math.max(0, -exportW), export: Math.max(0, exportW) },
      { asic: { draw, state: { value: setpointW > 0 ? 'mining' : 'paused', atMs: tickMs } } },
    );
    const price = market({ exportPerKwh: changed ? (change.exportPerKwh ?? 0.03) : 0.03 });
    const loads = [asic({ minRunS, startS: 0, startW: 0, rampUpWps: 5000, rampDownWps: 5000 })];
    const result = step(state, input(tickMs, { snapshot: seen, market: price, loads }));
    state = result.state;
    const decided = result.decision.loads[0]!;
    if (setpointW === 0 && decided.setpointW > 0) startedS = second;
    if (setpointW > 0 && decided.setpointW === 0) return { ranS: second - startedS, afterS: second - CHANGE_S, before };
    setpointW = decided.setpointW;
    before = decided.reason.id;
  }
  return undefined;
}

it('stops at once when exporting pays more, where no minimum run is asked for', () => {
  expect(stopAfter(0, { exportPerKwh: 9 })?.afterS).toBe(0);
});

it('runs its minimum at the lowest level first where one is', () => {
  const stop = stopAfter(900, { exportPerKwh: 9 });
  expect(stop).toMatchObject({ ranS: 900, before: 'holding-minimum-on' });
});

it('does not import for the sake of a minimum run', () => {
  const stop = stopAfter(900, { surplusW: -500 });
  expect(stop?.afterS).toBeLessThan(60);
});
