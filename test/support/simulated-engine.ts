import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatedSiteName } from '#shared/contract/host.ts';
import { EngineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/client.ts';
import type { Site } from '#shared/site.ts';
import { createEngine } from '#engine/engine.ts';
import { startSimulator } from '#engine/simulator/serve.ts';
import { SITES } from '#engine/simulator/site.ts';
import { nextStartMs } from '#engine/simulator/start-time.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { portPair } from './port-pair.ts';

const WALL_MS = Date.UTC(2026, 5, 21);

/** The real engine on the simulated site over real sockets, on a clock that the test moves. */
export async function simulatedEngine(name: SimulatedSiteName, change: (site: Site) => Site = (site) => site) {
  const siteMs = nextStartMs(SITES[name].timeZone, WALL_MS, undefined);
  const clock = manualClock(siteMs);
  const simulator = await startSimulator({ name, clock: { wallMs: 0, siteMs, speed: 1 }, now: () => clock.now() });
  const dataDir = await mkdtemp(join(tmpdir(), 'spillway-'));
  const site = change(simulator.site);
  const notices: string[] = [];
  const start = async () => {
    const created = await createEngine({
      site,
      dataDir,
      clock,
      speed: 1,
      version: 'test',
      log: silentLog,
      secret: () => undefined,
      saveSite: () => Promise.resolve(),
      onStatus: () => {},
      onNotice: ({ id }) => void notices.push(id),
    });
    if (created.outcome === 'refused') throw new Error(created.message);
    return created.engine;
  };
  let engine = await start();
  // Every device and load has a loop of its own, and the engine has one.
  const loops = site.devices.length + site.loads.length + 1;

  const quiet = async () => {
    for (let turn = 0; clock.sleepers() < loops; turn += 1) {
      if (turn > 200_000) throw new Error(`only ${clock.sleepers()} of ${loops} loops came to rest`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const run = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      await quiet();
      await clock.advance(1000);
    }
    await quiet();
  };
  return {
    clock,
    simulator,
    notices,
    run,
    engine: () => engine,
    /** A client as the renderer has one. */
    client() {
      const [near, far] = portPair();
      engine.serve(far);
      return connect(EngineContract, near);
    },
    restart: async () => (engine = await start()),
    /** Runs until the condition holds. @returns seconds it took */
    async until(condition: () => boolean, withinS: number): Promise<number> {
      for (let second = 0; second <= withinS; second += 1) {
        if (condition()) return second;
        await run(1);
      }
      throw new Error(`not within ${withinS} s: ${JSON.stringify(engine.health())}`);
    },
    async stop() {
      const stopping = engine.stop();
      let done = false;
      void stopping.finally(() => (done = true));
      for (let turn = 0; !done && turn < 5_000; turn += 1) await clock.advance(100);
      return stopping;
    },
    async end() {
      await simulator.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
