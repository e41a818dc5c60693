import { describe, expect, it } from 'vitest';
import type { LoadSession } from '#engine/miners/session.ts';
import type { ManualClock } from '#engine/system/manual-clock.ts';
import { fakeLoad, type FakeLoad } from '../support/fake-load.ts';
import { startSession } from '../support/load-session.ts';

const S = 1000;
const start = (load: FakeLoad, device: object = {}, plug?: FakeLoad) =>
  startSession(load, { device, ...(plug ? { plug } : {}) });

async function safe(session: LoadSession, clock: ManualClock, seconds: number): Promise<boolean> {
  const given = new AbortController();
  const done = session.makeSafe(given.signal);
  await clock.advance(seconds * S);
  given.abort();
  await clock.advance(S);
  return done;
}

describe('a load session', () => {
  it('tells control what the load can do, over it the owner’s word', async () => {
    const { clock, session } = start(fakeLoad(), { model: { priority: 3, standbyW: 14 } });
    expect(session.model()).toBeUndefined();
    await clock.advance(S);
    expect(session.model()).toMatchObject({ id: 'asic', priority: 3, standbyW: 14, levels: { minW: 900, maxW: 3000 } });
    expect(session.health()).toMatchObject({ status: 'live', kind: 'load' });
    await session.close();
  });

  it('carries out an order once, renewed or not, and counts starts and writes', async () => {
    const load = fakeLoad();
    const { session, hold } = start(load);
    await hold(1500, 60);
    await hold(1540, 60);
    await hold(2000, 60);
    expect(load.commands).toEqual([1500, 2000]);
    expect(session.counts()).toEqual({ startsToday: 1, writesToday: 2 });
    expect(session.snapshot()).toMatchObject({
      draw: { value: 2000 },
      drawSource: 'measured',
      state: { value: 'mining' },
    });
    await session.close();
  });

  it('makes the load safe by itself when nobody renews', async () => {
    const load = fakeLoad();
    const { clock, session, hold } = start(load);
    await hold(1500, 30);
    await clock.advance(15 * S);
    expect(load.commands).toEqual([1500, 0]);
    await session.close();
  });

  it('asserts what is wanted after the miner was away, and after a reboot that forgot it', async () => {
    const load = fakeLoad();
    const { session, hold } = start(load);
    await hold(1500, 30);
    load.away = true;
    await hold(1500, 60);
    expect(session.health()).toMatchObject({ status: 'failing', fault: { kind: 'unreachable' } });
    load.away = false;
    await hold(1500, 120);
    expect(load.commands).toEqual([1500, 1500]);
    load.reading = { ...load.reading, uptime: 5 };
    await hold(1500, 30);
    expect(load.commands).toEqual([1500, 1500, 1500]);
    await session.close();
  });

  it('does not count a load as ours that cannot be commanded', async () => {
    const load = fakeLoad({
      refusing: 'Asic denies write access; allow this computer',
      reading: { state: 'mining', draw: 900 },
    });
    const { clock, session, hold, ids } = start(load);
    await hold(1500, 120);
    expect(session.model()).toBeUndefined();
    expect(session.snapshot()).toMatchObject({ draw: { value: 900 } });
    expect(session.health()).toMatchObject({ status: 'live', fault: { kind: 'refused' } });
    expect({ commands: load.commands, ids: ids() }).toEqual({ commands: [], ids: ['adopted', 'not-commandable'] });
    expect(await safe(session, clock, 1)).toBe(true);
    await session.close();
  });

  it('says when the levels are unknown, and how to give them', async () => {
    const load = fakeLoad({ capabilities: { kind: 'miner' } });
    const { clock, events, session } = start(load);
    await clock.advance(S);
    expect(events[0]?.message).toMatch(/power levels.*site file/);
    await session.close();
  });

  it('adopts a running load: a first order of 0 W stops it, one of its level leaves it alone', async () => {
    const running = { state: 'mining', draw: 1500, drawSource: 'measured', hashrate: 50, uptime: 900 } as const;
    const load = fakeLoad({ reading: running });
    const { session, hold, ids } = start(load);
    await hold(0, 20);
    expect({ commands: load.commands, ids: ids() }).toEqual({ commands: [0], ids: ['adopted'] });
    await session.close();
  });

  it('sends nothing before it is told anything', async () => {
    const load = fakeLoad();
    const { clock, session } = start(load);
    await clock.advance(600 * S);
    expect(load.commands).toEqual([]);
    await session.close();
  });

  it('tries again when the load says ok and does not obey, then raises the alarm', async () => {
    const load = fakeLoad();
    const { session, hold, ids } = start(load);
    await hold(1500, 60);
    load.obedient = false;
    await hold(0, 400);
    expect(load.commands.slice(1).every((w) => w === 0)).toBe(true);
    expect(load.commands.length).toBeLessThanOrEqual(11);
    expect(ids()).toEqual(['not-obeying']);
    expect(session.obeys()).toBe(false);
    load.obedient = true;
    await hold(0, 120);
    expect(ids()).toEqual(['not-obeying', 'obeys-again']);
    await session.close();
  });

  it('cuts the plug of a load that does not stop', async () => {
    const load = fakeLoad();
    const plug = fakeLoad({
      capabilities: { kind: 'switch' },
      reading: { state: 'mining', draw: 1500, drawSource: 'plug' },
      obedient: false,
    });
    const { session, hold, events } = start(load, {}, plug);
    await hold(1500, 60);
    load.obedient = false;
    await hold(0, 300);
    expect(plug.commands).toEqual([0]);
    expect(events.at(-1)).toMatchObject({ id: 'not-obeying', level: 'critical' });
    plug.obedient = true;
    await hold(1500, 60);
    expect(plug.commands).toEqual([0, 1]);
    await session.close();
  });

  it('winds up a device lease at half of it', async () => {
    const load = fakeLoad();
    load.capabilities = { ...load.capabilities, deviceLeaseS: 120 };
    const { session, hold } = start(load);
    await hold(1500, 300);
    expect(load.renewals).toBeGreaterThanOrEqual(4);
    expect(load.renewals).toBeLessThanOrEqual(5);
    expect(session.hasLease()).toBe(true);
    await session.close();
  });

  it('makes safe, and says whether it was seen to stand still', async () => {
    const load = fakeLoad();
    const { clock, session, hold } = start(load);
    await hold(1500, 30);
    expect(await safe(session, clock, 3)).toBe(true);
    expect(load.commands.at(-1)).toBe(0);
    await session.close();

    const deaf = fakeLoad({
      obedient: false,
      reading: { state: 'mining', draw: 1500, drawSource: 'measured', hashrate: 50 },
    });
    const other = start(deaf);
    await other.hold(1500, 30);
    expect(await safe(other.session, other.clock, 8)).toBe(false);
    await other.session.close();
  });

  it('restarts the mining program when shares stop', async () => {
    const load = fakeLoad();
    const { session, hold, ids } = start(load);
    await hold(1500, 20);
    for (let half = 1; half < 36; half++) {
      load.reading = { ...load.reading, acceptedShares: Math.min(half, 5), uptime: 1000 + 30 * half };
      await hold(1500, 30);
    }
    expect({ restarts: load.restarts, ids: ids() }).toEqual({ restarts: 1, ids: ['shares-stopped'] });
    await session.close();
  });

  it('learns the curve of a settled load', async () => {
    const load = fakeLoad();
    const { session, hold } = start(load);
    await hold(1500, 300);
    await hold(3000, 300);
    expect(session.model()?.curve).toMatchObject([
      { drawW: 1500, hashrateThs: 50 },
      { drawW: 3000, hashrateThs: 100 },
    ]);
    await session.close();
  });

  it('goes on after a bug in its driver', async () => {
    const load = fakeLoad();
    const { session, hold } = start(load);
    await hold(1500, 30);
    const { open } = load;
    let bugs = 0;
    const broken = fakeLoad({
      open: (device, ports) => {
        const driver = open(device, ports);
        return {
          ...driver,
          read: (signal) => (bugs++ % 2 === 0 ? Promise.reject(new TypeError('bug')) : driver.read(signal)),
        };
      },
    });
    const other = start(broken);
    await other.hold(1500, 60);
    expect(bugs).toBeGreaterThan(4);
    expect(load.commands).toContain(1500);
    await session.close();
    await other.session.close();
  });

  it('gives up a slow reading for an order to draw less, and counts that as no failure', async () => {
    const load = fakeLoad();
    const { clock, session, hold } = start(load);
    await hold(2000, 30);
    load.slow = true;
    await clock.advance(5 * S);
    session.order(1500, clock.now() + 20 * S);
    await clock.advance(0);
    expect(load.commands).toEqual([2000, 1500]);
    session.order(0, clock.now() + 20 * S);
    await clock.advance(0);
    expect(load.commands).toEqual([2000, 1500, 0]);
    expect(session.health().fault).toBeUndefined();
    load.slow = false;
    await session.close();
  });

  it('stops a load that does not answer questions', async () => {
    const load = fakeLoad();
    const { session, hold } = start(load);
    await hold(1500, 30);
    load.mute = true;
    await hold(0, 30);
    expect(load.commands.at(-1)).toBe(0);
    await session.close();
  });

  it('says once why a command fails, and tries again ever more slowly', async () => {
    const load = fakeLoad({ failing: '127.0.0.1:1 refuses the command' });
    const { session, hold, events } = start(load);
    await hold(1500, 600);
    expect(events.map(({ id, message }) => `${id} ${message}`)).toEqual([
      'command-failed 127.0.0.1:1 refuses the command',
    ]);
    expect(load.commands.length).toBeLessThan(20);
    expect(session.health()).toMatchObject({ status: 'live', fault: { kind: 'exception' } });
    load.failing = undefined;
    await hold(1500, 120);
    expect(session.snapshot()).toMatchObject({ state: { value: 'mining' } });
    await session.close();
  });

  it('leaves a device alone that took over the address', async () => {
    const load = fakeLoad();
    load.reading = { ...load.reading, serial: '02:00:00:00:00:01' };
    const { session, hold } = start(load);
    await hold(1500, 30);
    load.reading = { state: 'mining', serial: '02:00:00:00:00:99', model: 'Bitaxe', draw: 18 };
    await hold(0, 60);
    expect(load.commands).toEqual([1500]);
    expect(session.health().fault).toMatchObject({
      kind: 'changed-identity',
      message: expect.stringMatching(/127\.0\.0\.1:1 now belongs to Bitaxe.*fixed address/),
    });
    load.reading = { state: 'mining', serial: '02:00:00:00:00:01', draw: 1500 };
    await hold(0, 120);
    expect(load.commands).toEqual([1500, 0]);
    await session.close();
  });

  it('takes the serial of the site file for the right one', async () => {
    const load = fakeLoad();
    load.reading = { ...load.reading, serial: 'B' };
    const { session, hold } = start(load, { setup: { serial: 'A' } });
    await hold(1500, 30);
    expect(load.commands).toEqual([]);
    expect(session.model()).toBeUndefined();
    await session.close();
  });

  it('switches a plug on that ran out, and knows its load by the site file meanwhile', async () => {
    const plug = fakeLoad({
      capabilities: { kind: 'switch' },
      reading: { state: 'paused', draw: 0, drawSource: 'plug' },
    });
    const load = fakeLoad({ away: true });
    const levels = { kind: 'range', minW: 900, maxW: 3000, stepW: 50 };
    const { clock, session, hold } = start(load, { model: { levels } }, plug);
    await clock.advance(5 * S);
    expect(session.model()).toMatchObject({ levels });
    expect(plug.commands).toEqual([]);
    load.away = false;
    await hold(1500, 60);
    expect({ plug: plug.commands, load: load.commands }).toEqual({ plug: [1], load: [1500] });
    await session.close();
  });
});
