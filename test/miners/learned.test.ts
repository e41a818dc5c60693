import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { manualClock } from '#engine/system/manual-clock.ts';
import { fakeLoad } from '../support/fake-load.ts';
import { startSession } from '../support/load-session.ts';
import { NOON_MS } from '../support/miners.ts';

/** Keeps JSON, as the ledger's settings do. */
function memory() {
  const kept = new Map<string, string>();
  let writes = 0;
  return {
    read<T>(key: string, schema: z.ZodType<T>) {
      const json = kept.get(key);
      const parsed = json === undefined ? undefined : schema.safeParse(JSON.parse(json));
      return parsed?.success ? parsed.data : undefined;
    },
    write(key: string, value: unknown) {
      writes++;
      kept.set(key, JSON.stringify(value));
    },
    writes: () => writes,
  };
}

const at = (host: string) => ({ connection: { transport: 'tcp', host, port: 1 } });
const HOUR_MS = 3_600_000;

describe('what was learned of a load', () => {
  it('outlives a restart: starts and writes of the day, curve, plug factor, standby draw', async () => {
    const clock = manualClock(NOON_MS);
    const kept = memory();
    const load = fakeLoad();
    const plug = fakeLoad({
      capabilities: { kind: 'switch' },
      reading: { state: 'mining', draw: 24, drawSource: 'plug' },
    });
    const first = startSession(load, { plug, memory: kept, clock });
    plug.obedient = false;
    await first.hold(0, 300);
    for (const setpointW of [1500, 3000]) {
      plug.reading = { state: 'mining', draw: setpointW * 1.05, drawSource: 'plug' };
      await first.hold(setpointW, 600);
    }
    const counts = first.session.counts();
    const model = first.session.model();
    expect(counts).toEqual({ startsToday: 1, writesToday: 3 });
    expect(model?.curve).toHaveLength(2);
    expect(model?.standbyW).toBeCloseTo(24);
    // As the window shows it.
    expect(first.session.learned()).toEqual({
      curve: model?.curve,
      plugFactor: expect.closeTo(1.05),
      standbyW: model?.standbyW,
    });
    await first.session.close();

    load.reading = { state: 'mining', draw: 3000, drawSource: 'measured', hashrate: 100, uptime: 9000 };
    const second = startSession(load, { memory: kept, clock });
    await clock.advance(1000);
    expect(second.session.counts()).toEqual(counts);
    expect(second.session.model()).toMatchObject({ curve: model?.curve, standbyW: model?.standbyW });
    // Without its plug the miner's own figure is corrected by what the plug once taught.
    expect(second.session.snapshot()).toMatchObject({
      draw: { value: expect.closeTo(3150, 0) },
      drawSource: 'estimated',
    });
    await clock.advance(14 * HOUR_MS);
    expect(second.session.counts()).toEqual({ startsToday: 0, writesToday: 0 });
    await second.session.close();
  });

  it('notices after a restart that another device has the address, and commands nothing there', async () => {
    const kept = memory();
    const load = fakeLoad();
    load.reading = { ...load.reading, serial: 'A1' };
    const first = startSession(load, { memory: kept });
    await first.hold(1500, 30);
    await first.session.close();

    const other = fakeLoad({ reading: { state: 'mining', draw: 900, hashrate: 30, serial: 'B2', model: 'S21' } });
    const second = startSession(other, { memory: kept });
    await second.hold(0, 60);
    expect(other.commands).toEqual([]);
    expect(second.session.model()).toBeUndefined();
    expect(second.session.health().fault).toMatchObject({
      kind: 'changed-identity',
      message: expect.stringMatching(/127\.0\.0\.1:1 now belongs to S21 with serial B2.*"serial": "B2"/),
    });
    await second.session.close();

    const confirmed = startSession(other, { memory: kept, device: { setup: { serial: 'b2' } } });
    await confirmed.hold(0, 60);
    expect(other.commands).toEqual([0]);
    await confirmed.session.close();
  });

  it.each([
    ['the same device keeps its curve', 'A1', 2],
    ['another one starts anew', 'B2', 0],
  ])('at another address %s', async (_name, serial, points) => {
    const kept = memory();
    const load = fakeLoad();
    load.reading = { ...load.reading, serial: 'A1' };
    const first = startSession(load, { memory: kept });
    await first.hold(1500, 300);
    await first.hold(3000, 300);
    await first.session.close();
    const moved = fakeLoad();
    moved.reading = { ...moved.reading, serial };
    const second = startSession(moved, { memory: kept, device: at('127.0.0.2') });
    await second.clock.advance(1000);
    expect(second.session.model()?.curve).toHaveLength(points);
    expect(second.session.health().status).toBe('live');
    await second.session.close();
  });

  it('is written seldom: at each command, and else every quarter of an hour', async () => {
    const kept = memory();
    const { hold, session } = startSession(fakeLoad(), { memory: kept });
    await hold(1500, 2 * 3600);
    expect(session.counts().writesToday).toBe(1);
    expect(kept.writes()).toBeLessThanOrEqual(10);
    await session.close();
  });
});
