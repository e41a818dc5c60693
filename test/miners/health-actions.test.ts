import { describe, expect, it } from 'vitest';
import type { LoadReading } from '#shared/reading.ts';
import { fakeLoad } from '../support/fake-load.ts';
import { startSession } from '../support/load-session.ts';

const HOUR_S = 3600;
const MINING: Partial<LoadReading> = { fanRpm: 4000, poolAlive: true, uptime: 90_000 };

/** A miner that runs well, and then does not. */
async function running() {
  const load = fakeLoad();
  load.reading = { ...load.reading, ...MINING };
  const started = startSession(load);
  await started.hold(1500, 60);
  return { load, ...started };
}

describe('a miner in trouble', () => {
  it.each<[string, Partial<LoadReading>, number]>([
    ['fan-stopped', { fanRpm: 0 }, 120],
    ['pool-dead', { poolAlive: false }, 400],
  ])(
    '%s: it is stopped whatever is asked, shown with the reason, and tried again after an hour',
    async (id, trouble, s) => {
      const { load, hold, session, ids } = await running();
      load.reading = { ...load.reading, ...trouble };
      await hold(1500, s);
      expect({ ids: ids(), commands: load.commands }).toEqual({ ids: [id], commands: [1500, 0] });
      expect(session.model()).toBeUndefined();
      expect(session.health()).toMatchObject({
        status: 'live',
        fault: { kind: 'refused', message: expect.stringMatching(/kept off/) },
      });
      await hold(1500, HOUR_S - s);
      expect(load.commands).toEqual([1500, 0]);
      load.reading = { ...load.reading, ...MINING, poolAlive: undefined };
      await hold(1500, s + 60);
      expect(load.commands).toEqual([1500, 0, 1500]);
      expect(session.model()).toBeDefined();
      await session.close();
    },
  );

  it('runs again as soon as a pool answers', async () => {
    const { load, hold, session } = await running();
    load.reading = { ...load.reading, poolAlive: false };
    await hold(1500, 400);
    load.reading = { ...load.reading, poolAlive: true };
    await hold(1500, 30);
    expect(load.commands).toEqual([1500, 0, 1500]);
    await session.close();
  });

  it('restart-loop: kept off after the fourth within an hour', async () => {
    const { load, hold, session, ids } = await running();
    await hold(1500, 700);
    for (let restart = 0; restart < 4; restart++) {
      load.reading = { ...load.reading, uptime: 900 };
      await hold(1500, 20);
      load.reading = { ...load.reading, uptime: 5 };
      await hold(1500, 20);
    }
    // The first restart is answered with the command again; what follows soon after one of ours is not counted.
    expect(load.commands.slice(0, 2)).toEqual([1500, 1500]);
    for (let restart = 0; restart < 4; restart++) {
      await hold(1500, 700);
      load.reading = { ...load.reading, uptime: 5 };
      await hold(1500, 10);
      load.reading = { ...load.reading, uptime: 900 };
    }
    await hold(1500, 30);
    expect(ids()).toContain('restart-loop');
    expect(load.commands.at(-1)).toBe(0);
    await session.close();
  });

  it('hot: the owner is warned, and control is given the temperature above which it stops', async () => {
    const { load, hold, session, ids } = await running();
    expect(session.model()?.maxTemperatureC).toBe(95);
    load.reading = { ...load.reading, temperature: 90 };
    await hold(1500, 30);
    expect(ids()).toEqual(['hot']);
    expect(session.snapshot().temperature?.value).toBe(90);
    await session.close();
  });
});
