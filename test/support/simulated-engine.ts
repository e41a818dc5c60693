import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineNotice, SimulatedSiteName } from '#shared/contract/host.ts';
import type { Role } from '#shared/contract/access.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/client.ts';
import type { Site } from '#shared/site.ts';
import { createEngine } from '#engine/engine.ts';
import type { Engine } from '#engine/engine-options.ts';
import type { Plant } from '#engine/simulator/plant.ts';
import { startSimulator } from '#engine/simulator/serve.ts';
import { SITES } from '#engine/simulator/site.ts';
import { nextStartMs } from '#engine/simulator/start-time.ts';
import type { Clock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock, type ManualClock } from '#engine/system/manual-clock.ts';
import { closedAccess } from './closed-access.ts';
import { PLANNER_WORKER } from './planner-desk.ts';
import { portPair } from './port-pair.ts';

const WALL_MS = Date.UTC(2026, 5, 21);
/** Longest real time for all loops to come to rest: a device's own timeout is real time too. */
const REST_MS = 30_000;

/** The real engine on the simulated site over real sockets, on a clock that the test moves. */
export async function simulatedEngine(
  name: SimulatedSiteName,
  change: (site: Site, clock: ManualClock, dataDir: string, plant: Plant) => Site | Promise<Site> = (site) => site,
  siteMs = nextStartMs(SITES[name].timeZone, WALL_MS, undefined),
) {
  const clock = manualClock(siteMs);
  /** How far our clock was set before or behind the time of the devices. */
  let setMs = 0;
  const simulator = await startSimulator({
    name,
    clock: { wallMs: 0, siteMs, speed: 1 },
    now: () => clock.now() - setMs,
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'spillway-'));
  const site = await change(simulator.site, clock, dataDir, simulator.plant);
  const notices: string[] = [];
  const told: EngineNotice[] = [];
  let life = mortal(clock);
  const create = () =>
    createEngine({
      site,
      dataDir,
      clock: life.clock,
      speed: 1,
      version: 'test',
      log: silentLog,
      secret: () => undefined,
      access: closedAccess,
      saveSite: () => Promise.resolve(),
      plannerWorker: PLANNER_WORKER,
      onStatus: () => {},
      onNotice(notice) {
        notices.push(notice.id);
        told.push(notice);
      },
    });
  let engine: Engine | undefined;
  /** @returns why the engine did not start */
  const start = async (): Promise<string | undefined> => {
    const asleep = clock.sleepers();
    const created = await whileTimePasses(create(), asleep);
    if (created.outcome === 'refused') return created.message;
    engine = created.engine;
    return undefined;
  };
  const running = () => {
    if (!engine) throw new Error('the engine does not run');
    return engine;
  };
  const refused = await start();
  if (refused !== undefined) throw new Error(refused);
  // Every device and load has a loop of its own, and the engine has one.
  const loops = site.devices.length + site.loads.length + 1;
  /** Real time to wait for loops that a slow device holds up; absent: until all rest. */
  let patienceMs: number | undefined;

  /** Time passes while more than `asleep` wait for it, until the work is done. */
  async function whileTimePasses<T>(work: Promise<T>, asleep = 0): Promise<T> {
    let done = false;
    const end = () => void (done = true);
    void work.then(end, end);
    for (let turn = 0; !done && turn < 5_000; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!done && clock.sleepers() > asleep) await clock.advance(100);
    }
    return work;
  }

  const quiet = async () => {
    if (!engine) return;
    const startMs = performance.now();
    while (clock.sleepers() < loops) {
      const waitedMs = performance.now() - startMs;
      if (patienceMs !== undefined && waitedMs > patienceMs) return;
      if (waitedMs > REST_MS) throw new Error(`only ${clock.sleepers()} of ${loops} loops came to rest`);
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
  /** As `run`, from one waking to the next: for sites that are polled once in minutes. */
  const runLong = async (seconds: number) => {
    const endMs = clock.now() + seconds * 1000;
    for (let leftMs = endMs - clock.now(); leftMs > 0; leftMs = endMs - clock.now()) {
      await quiet();
      await clock.advance(Math.min(leftMs, Math.max(1, clock.untilNextMs() ?? leftMs)));
    }
    await quiet();
  };
  return {
    clock,
    simulator,
    site,
    dataDir,
    notices,
    told,
    run,
    runLong,
    engine: running,
    /** A client as the renderer has one. */
    client(role: Role = 'local') {
      const [near, far] = portPair();
      running().serve(far, role);
      return connect<EngineContract>(near);
    },
    isRunning: () => engine !== undefined,
    /** @returns why the engine did not start */
    restart: start,
    /** As `kill -9`: not one more line of the engine runs. */
    kill() {
      engine = undefined;
      life.die();
      life = mortal(clock);
    },
    /** Our clock is set; for the devices no time goes by. */
    setClock(ms: number) {
      clock.jump(ms);
      setMs += ms;
    },
    hurried(ms: number | undefined) {
      patienceMs = ms;
    },
    /** Runs until the condition holds. @returns seconds it took */
    async until(condition: () => boolean, withinS: number): Promise<number> {
      for (let second = 0; second <= withinS; second += 1) {
        if (condition()) return second;
        await run(1);
      }
      throw new Error(`not within ${withinS} s: ${JSON.stringify(running().health())}`);
    },
    stop: () => whileTimePasses(running().stop()),
    async end() {
      await simulator.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A clock on which, after `die`, nobody wakes any more. */
function mortal(clock: Clock): { clock: Clock; die(): void } {
  const death = new AbortController();
  const never = new Promise<never>(() => undefined);
  return {
    die: () => death.abort(),
    clock: {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        const either = signal ? AbortSignal.any([signal, death.signal]) : death.signal;
        await clock.sleep(ms, either).catch((cause: unknown) => {
          if (!death.signal.aborted) throw cause;
        });
        if (death.signal.aborted) await never;
      },
    },
  };
}
