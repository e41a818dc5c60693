import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#shared/contract/engine.ts';
import { LoadDevice } from '#shared/device.ts';
import { levelAtOrBelow } from '#engine/miners/levels.ts';
import { openLoadSession } from '#engine/miners/session.ts';
import { silentLog } from '#engine/system/log.ts';
import type { Quirks } from '#engine/simulator/miners/behaving.ts';
import { lockstepClock } from '../support/lockstep-clock.ts';
import { simulate, simulatedFamilies } from '../support/simulated-miners.ts';

const POLL_S = 60;
/** Two minutes before midnight: one to find out what the load can do, one so that the day ends before its counts do. */
const EVENING_MS = Date.UTC(2026, 5, 20, 23, 58);

/** Runs a family's session against its simulator on a clock that stands while they talk. */
async function start(family: string, quirks: Quirks = {}) {
  const clock = lockstepClock(EVENING_MS);
  const sim = await simulate(family, () => clock.now(), quirks);
  const events: EngineEvent[] = [];
  const session = openLoadSession(
    LoadDevice.parse({ id: 'load', name: 'Load', pollS: POLL_S, setup: {}, ...sim.device }),
    {
      clock,
      log: silentLog,
      secret: (name) => sim.secrets[name],
      random: () => 0.5,
      timeZone: 'UTC',
      onEvent: (event) => events.push(event),
    },
  );
  await sim.tell?.();
  async function hold(setpointW: number, minutes: number) {
    for (let s = 0; s < minutes * 60; s += POLL_S) {
      session.order(setpointW, clock.now() + 3 * POLL_S * 1000);
      await sim.tell?.();
      await clock.advance(POLL_S * 1000);
    }
  }
  const close = async () => {
    await session.close();
    await sim.peer[Symbol.asyncDispose]();
  };
  return { clock, sim, session, events, hold, close, ids: () => [...new Set(events.map((event) => event.id))] };
}

/** Surplus of each hour of a changeable day, as a share of what the load can take. */
const NIGHT = [0, 0, 0, 0, 0, 0];
const SUN = [...NIGHT, 0, 0.3, 0.6, 1, 1, 0.7, 0.2, 0.9, 1, 0.5, 0.4, 0, ...NIGHT];
/** Ten changes of the hour's share; some families need two or three writes for one. */
const MOST_WRITES = 30;
const families = Object.keys(simulatedFamilies);

/**
 * Whether a request writes what is the owner's: pools, clocks, voltages, passwords, networks. A stock Antminer takes its
 * configuration whole only; that all of it but the mode comes back as it was is compared in wire.test.ts.
 */
function ofTheOwner(family: string, line: string): boolean {
  if (family === 'antminer-stock' || line.startsWith('GET ')) return false;
  const isWrite = /^(POST|PUT|PATCH|ascset)|"(command|cmd)":"(?!get)/.test(line);
  return (
    isWrite &&
    /(set|add|remove|switch|update_)_?pool|stratum|freq|volt|passwd|update_pwd|wifi|network|_conf/i.test(line)
  );
}

describe.each(families)('a day of %s', (family) => {
  it('follows the orders, counts its energy, sends no storm and ends safe', async () => {
    const { clock, sim, session, hold, close, ids } = await start(family);
    await clock.advance(60_000);
    const levels = session.model()?.levels;
    if (!levels) throw new Error(`${family}: no levels (${session.health().fault?.message})`);
    const maxW = levels.kind === 'range' ? levels.maxW : (levels.watts.at(-1) ?? 0);
    let meteredWh = 0;
    let metered = true;
    for (const share of SUN) {
      const levelW = levelAtOrBelow(levels, share * maxW);
      for (let minute = 0; minute < 60; minute++) {
        await hold(levelW, 1);
        const draw = session.snapshot().draw?.value;
        metered &&= draw !== undefined;
        meteredWh += (draw ?? 0) / 60;
      }
      const { drawW } = sim.miner.now();
      expect(drawW, `${family} at ${levelW} W`).toBeLessThanOrEqual(
        Math.max(levelW * 1.05, sim.miner.now().spec.standbyW + 1),
      );
      if (levelW > 0) expect(drawW).toBeGreaterThan(0.7 * Math.min(levelW, sim.miner.now().spec.maxW));
    }
    const { startsToday, writesToday } = session.counts();
    const { length: requests } = sim.peer.asked;
    const wh = Math.round(sim.miner.energyWh());
    console.log(`${family}: ${startsToday} starts, ${writesToday} writes, ${requests} requests a day, ${wh} Wh`);
    expect(writesToday).toBeLessThanOrEqual(MOST_WRITES);
    expect(startsToday).toBeLessThanOrEqual(4);
    expect(session.snapshot().state?.value).toBe('paused');
    expect(ids()).toEqual([]);
    // Stock Antminers and XMRig measure nothing: their draw is absent, not 0.
    if (metered) expect(Math.abs(meteredWh - sim.miner.energyWh()) / sim.miner.energyWh()).toBeLessThan(0.05);
    expect(sim.peer.asked.filter((line) => ofTheOwner(family, line))).toEqual([]);
    await close();
  }, 60_000);

  it('outlives broken JSON', async () => {
    const { session, sim, hold, close } = await start(family, { malformedEvery: 5 });
    await hold(4000, 30);
    expect(sim.miner.now().phase).toBe('mining');
    expect(session.health().status).not.toBe('failing');
    await close();
  });

  it('asserts a stop after a reboot that forgot it', async () => {
    const { sim, session, hold, close } = await start(family, { forgetsPause: true });
    await hold(4000, 30);
    await hold(0, 10);
    const before = session.counts().writesToday;
    sim.miner.reboot();
    await hold(0, 15);
    expect(sim.miner.now().wanted).toBe('pause');
    expect(session.counts().writesToday).toBeGreaterThan(before);
    await close();
  });

  // The demo's simulators of the other two have no bad habits.
  if (family === 'axeos' || family === 'cgminer') return;
  it('raises the alarm when “ok” is all it gets, and does not storm', async () => {
    const { session, hold, close, ids, sim } = await start(family, { ignoresStop: true });
    await hold(4000, 30);
    const before = sim.peer.asked.length;
    await hold(0, 30);
    expect(ids()).toContain('not-obeying');
    expect(session.obeys()).toBe(false);
    expect(sim.peer.asked.length - before).toBeLessThan(900);
    await close();
  });
});

describe('one bad habit each', () => {
  it('re-issues a flaky resume until it takes (Braiins)', async () => {
    const { sim, hold, close } = await start('braiins-rest', { flakyResumes: 1 });
    await hold(2000, 20);
    expect(sim.miner.now().phase).toBe('mining');
    await close();
  });

  it.each([
    'cgminer',
    'luxos',
    'braiins-rest',
    'whatsminer-v2',
    'whatsminer-v3',
    'xmrig',
    'avalon-q',
    'antminer-stock',
  ])('%s that denies writes is shown and says so', async (family) => {
    const { session, events, hold, close } = await start(family, { readOnly: true });
    await hold(4000, 15);
    if (family === 'cgminer' || family === 'luxos') return close();
    expect(events.length).toBeGreaterThan(0);
    expect(events[0]?.message).toMatch(/127\.0\.0\.1:\d+.*(;|:)/);
    expect(session.reading()).toBeDefined();
    await close();
  });
});
