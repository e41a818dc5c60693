import { describe, expect, it } from 'vitest';
import { beginSignCheck, signCheckStep } from '#engine/devices/commissioning.ts';

/** Net power (import − export, W) by the second; undefined: the meter is silent. @returns the phase it ends in */
function phaseAfter(netW: (second: number) => number | undefined, seconds = 60): string {
  let state = beginSignCheck(0);
  for (let second = 1; second <= seconds; second += 1)
    state = signCheckStep(state, second * 1000, second * 1000, netsOf(netW(second)));
  return state.view.phase;
}

const netsOf = (grid: number | undefined) => (grid === undefined ? undefined : { grid });

describe('guided sign check', () => {
  it.each<[string, (second: number) => number | undefined, string]>([
    ['import rises with the kettle', (s) => (s > 15 ? 2300 : 300), 'right'],
    ['export falls by as much, which is the same direction', (s) => (s > 15 ? -1000 : -3000), 'right'],
    ['export rises with the kettle', (s) => (s > 15 ? -1700 : 300), 'swapped'],
    ['nothing is switched on', () => 300, 'nothing'],
    ['a load below half a kilowatt proves nothing', (s) => (s > 15 ? 700 : 300), 'nothing'],
    ['a compressor that starts for one reading', (s) => (s === 20 ? 3300 : 300), 'nothing'],
    ['a house that jumps while it should be quiet', (s) => (s % 2 ? 300 : 900), 'restless'],
    ['a meter that says nothing', () => undefined, 'silent'],
    ['a change in each direction by turns', (s) => (s <= 12 ? 0 : s % 2 ? 900 : -900), 'nothing'],
  ])('%s', (_, netW, phase) => {
    expect(phaseAfter(netW)).toBe(phase);
  });

  it('gives a slow miner its time, and believes half of what it draws', () => {
    const after = (draw: number) => {
      let state = beginSignCheck(0, { drawW: 600, startMs: 90_000 });
      for (let second = 1; second <= 140; second += 1)
        state = signCheckStep(state, second * 1000, second * 1000, { grid: second > 110 ? -200 - draw : -200 });
      return state.view.phase;
    };
    expect(after(350)).toBe('swapped');
    expect(after(-350)).toBe('right');
    expect(after(200)).toBe('nothing');
  });

  it('waits for readings: the same one seen twice counts once', () => {
    let state = beginSignCheck(0);
    for (let second = 1; second <= 12; second += 1)
      state = signCheckStep(state, second * 1000, second * 1000, { grid: 0 });
    for (let again = 0; again < 10; again += 1) state = signCheckStep(state, 13_000 + again, 13_000, { grid: 2000 });
    expect(state.view.phase).toBe('switch-on');
  });

  it('shows the change while it waits', () => {
    let state = beginSignCheck(0);
    for (let second = 1; second <= 12; second += 1)
      state = signCheckStep(state, second * 1000, second * 1000, { grid: -200 });
    state = signCheckStep(state, 13_000, 13_000, { grid: 100 });
    expect(state.view).toMatchObject({ phase: 'switch-on', changeW: 300 });
  });
});
