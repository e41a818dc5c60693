import { describe, expect, it, onTestFinished } from 'vitest';
import { ControlSettings, MarketNow, Wish } from '#shared/control.ts';
import { startLoop } from '#engine/loop.ts';
import { lockstepClock } from '../support/lockstep-clock.ts';

const T0 = Date.UTC(2026, 5, 21, 10);

function loop(plantHeard: () => boolean) {
  const clock = lockstepClock(T0);
  const ticks: number[] = [];
  const bugs: unknown[] = [];
  const running = startLoop({
    clock,
    wear: {},
    settings: () => ControlSettings.parse({ timeZone: 'UTC' }),
    periodMs: () => 1000,
    wish: () => Wish.parse({ mode: 'surplus', commissioned: true }),
    loads: () => [],
    snapshot: () => ({ loads: {} }),
    plantHeard,
    market: () => MarketNow.parse({}),
    carryOut: () => undefined,
    onTick: ({ atMs }) => ticks.push(atMs - T0),
    onBug: (cause) => bugs.push(cause),
  });
  onTestFinished(async () => {
    await running.stop();
    expect(bugs).toEqual([]);
  });
  return { clock, ticks, running };
}

describe('the first decision', () => {
  it('is taken the moment the last device has spoken', async () => {
    let heard = false;
    const { clock, ticks, running } = loop(() => heard);
    await clock.advance(200);
    running.wake();
    await clock.advance(50);
    expect(ticks).toEqual([]);
    heard = true;
    running.wake();
    await clock.advance(0);
    expect(ticks).toEqual([250]);
  });

  it('does not wait for a dead device longer than a period', async () => {
    const { clock, ticks } = loop(() => false);
    await clock.advance(999);
    expect(ticks).toEqual([]);
    await clock.advance(1);
    expect(ticks).toEqual([1000]);
    await clock.advance(1250);
    expect(ticks).toEqual([1000, 2250]);
  });

  it('is taken at once where all have spoken', () => {
    expect(loop(() => true).ticks).toEqual([0]);
  });
});
