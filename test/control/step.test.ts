import { describe, expect, it } from 'vitest';
import { initialState, step } from '#engine/control/step.ts';
import type { StepInput } from '#shared/control.ts';
import { input, MIDNIGHT_MS, snapshot } from './site.ts';

const idle = (atMs: number) => ({ asic: { draw: { value: 0, atMs }, state: { value: 'paused' as const, atMs } } });
const NOON_MS = MIDNIGHT_MS + 12 * 3_600_000;

function run(seconds: number, at: (second: number) => StepInput) {
  let state = initialState();
  let last = step(state, at(0));
  for (let second = 1; second <= seconds; second += 1) {
    state = last.state;
    last = step(state, at(second));
  }
  return last;
}

const exporting = (exportW: number) => (second: number) => {
  const tickMs = NOON_MS + second * 1000;
  return input(tickMs, { snapshot: snapshot(tickMs - 1000, { import: 0, export: exportW }, idle(tickMs - 1000)) });
};

describe('step', () => {
  it('starts on a lasting surplus and says why', () => {
    const { decision } = run(100, exporting(2000));
    expect(decision.loads[0]?.setpointW).toBeGreaterThan(1500);
    expect(decision.loads[0]?.setpointW).toBeLessThanOrEqual(2000);
    expect(decision.loads[0]?.reason.id).toBe('ramping');
  });

  it('waits while the surplus is too small', () => {
    const { decision } = run(100, exporting(500));
    expect(decision.loads[0]?.setpointW).toBe(0);
    expect(decision.loads[0]?.reason).toMatchObject({ id: 'waiting-for-surplus', surplusW: 500 });
  });

  it('makes the load safe when the meter falls silent, within 30 s', () => {
    let state = run(200, exporting(2000)).state;
    const lastMs = NOON_MS + 200_000;
    const stops: number[] = [];
    for (let second = 1; second <= 40; second += 1) {
      const tickMs = lastMs + second * 1000;
      const draw = { value: 1900, atMs: tickMs - 1000 };
      const result = step(
        state,
        input(tickMs, { snapshot: snapshot(lastMs, { import: 0, export: 100 }, { asic: { draw } }) }),
      );
      state = result.state;
      if (result.decision.loads[0]?.reason.id === 'meter-stale') stops.push(second);
    }
    expect(stops[0]).toBeLessThanOrEqual(31);
    expect(stops.length).toBe(40 - (stops[0] ?? 0) + 1);
  });
});
