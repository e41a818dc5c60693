import { MarketSettings } from '#shared/market.ts';
import type { Role } from '#shared/contract/access.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { DecisionMark } from '#shared/ledger.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { fixtureAccess } from './fixture/access.ts';
import { DAY_START_MS } from './fixture/day.ts';
import { csvOf, reportOf } from './fixture/report.ts';
import { NOW_MS, worldOf, type Scene, type World } from './fixture/scenes.ts';
import { booksFixture, fixturePools } from './fixture/books.ts';
import { deskFixture } from './fixture/desk.ts';
import { fixtureSite } from './fixture/site.ts';
import { fixtureReplay } from './fixture/replay.ts';
import { testPlanner } from './planner-desk.ts';

const hour = (h: number) => DAY_START_MS + h * 3_600_000;
const mark = (h: number, kind: DecisionMark['kind'], setpointW: number, reason: object): DecisionMark => ({
  atMs: hour(h),
  loadId: 'miner-1',
  kind,
  setpointW,
  reason,
});

const marks: DecisionMark[] = [
  mark(6.1, 'note', 0, { id: 'battery-first', socPercent: 52, limitPercent: 80 }),
  mark(9.75, 'start', 820, { id: 'mining-surplus', powerW: 820, surplusW: 1090, reserveW: 250 }),
  mark(10.2, 'raise', 1230, { id: 'mining-surplus', powerW: 1230, surplusW: 1600, reserveW: 250 }),
  mark(10.3, 'raise', 1640, { id: 'mining-surplus', powerW: 1640, surplusW: 2300, reserveW: 250 }),
  mark(12.45, 'lower', 900, { id: 'mining-surplus', powerW: 900, surplusW: 1180, reserveW: 250 }),
  mark(12.9, 'stop', 0, { id: 'import-guard', powerW: 240 }),
  mark(13.3, 'start', 820, { id: 'mining-surplus', powerW: 820, surplusW: 1300, reserveW: 250 }),
  mark(13.6, 'raise', 1230, { id: 'mining-surplus', powerW: 1230, surplusW: 1700, reserveW: 250 }),
];

type Name = keyof World;

const commissioning = {
  passed: true,
  grid: true,
  battery: true,
  balance: { proven: true, residualW: 20, toleranceW: 210, forMs: 60_000 },
};

/** An engine without plant or miner: fixed numbers, and every state of every view by name. */
export function createFixture(initial: Scene = 'normal') {
  let scene = initial;
  let world = worldOf(scene);
  const site = fixtureSite();
  let role: Role = 'local';
  const calls: { member: string; input: unknown }[] = [];
  const listeners = new Map<Name, Set<(value: never) => void>>();

  const emit = (name: Name) => listeners.get(name)?.forEach((listener) => listener(world[name] as never));
  const stream =
    <N extends Name>(name: N) =>
    (listener: (value: World[N]) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      if (scene !== 'loading') listener(world[name]);
      return () => void set.delete(listener);
    };
  const ok = (member: string, input: unknown) => {
    calls.push({ member, input });
    return { outcome: 'ok' as const };
  };
  const taken = (member: string, input: unknown) => ({ ...ok(member, input), added: 1, skipped: 0 });

  const signChecks = new Set<Parameters<Handlers<EngineContract>['site']['signCheck']>[0]>();
  const homeAssistants = new Set<Parameters<Handlers<EngineContract>['homeAssistant']['state']>[0]>();
  const planner = testPlanner(site, NOW_MS).handlers;
  const replayed = fixtureReplay(planner.runs);
  const handlers: Handlers<EngineContract> = {
    site: {
      status: stream('status'),
      get: () => site,
      save: (input) => ok('site.save', input),
      create: (input) => ok('site.create', input),
      switchTo: (input) => ok('site.switchTo', input),
      commissioning: (listener) => {
        listener(commissioning);
        return () => {};
      },
      signCheck: (listener) => {
        signChecks.add(listener);
        listener({ phase: 'idle' });
        return () => void signChecks.delete(listener);
      },
      startSignCheck(input) {
        for (const listener of signChecks) listener({ phase: 'switch-on', changeW: 1020, untilMs: NOW_MS + 21_000 });
        return ok('site.startSignCheck', input);
      },
      cancelSignCheck(input) {
        for (const listener of signChecks) listener({ phase: 'idle' });
        return ok('site.cancelSignCheck', input);
      },
    },
    control: {
      live: stream('live'),
      setMode(input) {
        world.status = { ...world.status, wish: { ...world.status.wish, mode: input.mode } };
        emit('status');
        return ok('control.setMode', input);
      },
      stop(input) {
        world.status = { ...world.status, wish: { ...world.status.wish, stopped: true } };
        emit('status');
        return ok('control.stop', input);
      },
      resume(input) {
        const { pauseUntilMs: _, ...wish } = world.status.wish;
        world.status = { ...world.status, wish: { ...wish, stopped: false } };
        emit('status');
        return ok('control.resume', input);
      },
      pause: (input) => ok('control.pause', input),
      boost(input) {
        world.status = { ...world.status, wish: { ...world.status.wish, mode: 'boost', boost: input } };
        world.live = { ...world.live, decision: { ...world.live.decision, boost: { active: true, usedWh: 0 } } };
        emit('status');
        emit('live');
        return ok('control.boost', input);
      },
      endBoost(input) {
        const { boost: _, ...wish } = world.status.wish;
        world.status = { ...world.status, wish: { ...wish, mode: 'surplus' } };
        emit('status');
        return ok('control.endBoost', input);
      },
      changeSettings(input) {
        const reserve = input.control['reserveW'];
        if (typeof reserve === 'number' && reserve > 5000) {
          return {
            outcome: 'refused',
            problems: [{ field: 'control.reserveW', message: 'Too big', code: 'too-big', values: { limit: 5000 } }],
          };
        }
        Object.assign(site.control, input.control);
        return ok('control.changeSettings', input);
      },
      marks: ({ fromMs, toMs }) => (scene === 'empty' ? [] : marks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)),
    },
    devices: {
      health: stream('health'),
      loads: stream('loads'),
      ...deskFixture(ok),
    },
    ledger: {
      today: stream('today'),
      report: ({ fromMs, toMs, resolution }) => reportOf(fromMs, toMs, resolution, NOW_MS),
      violations: () =>
        scene === 'breach'
          ? [{ startMs: hour(12.75), endMs: hour(12.75) + 300_000, gridFed: 130_000, cause: 'import-guard' }]
          : [],
      exportTable: ({ fromMs, toMs, resolution }) => ({
        name: 'spillway-home.csv',
        text: csvOf(reportOf(fromMs, toMs, resolution, NOW_MS)),
      }),
      backUp: () => ({ outcome: 'ok', file: '/data/backups/site-home.sqlite', bytes: 4_000_000 }),
    },
    market: {
      view: stream('market'),
      settings: () => MarketSettings.parse({ pools: fixturePools }),
      changeSettings: (input) => ok('market.changeSettings', input),
      enter: (input) => ok('market.enter', input),
    },
    books: booksFixture(taken),
    access: fixtureAccess(() => role),
    planner: { ...planner, startReplay: replayed.start, runs: replayed.runs },
    diagnostics: {
      bundle: (input) => {
        ok('diagnostics.bundle', input);
        return { name: 'spillway-diagnostics-2026-06-18.json', text: '{}' };
      },
    },
    homeAssistant: {
      state(listener) {
        homeAssistants.add(listener);
        listener({ phase: 'off' });
        return () => void homeAssistants.delete(listener);
      },
      change(input) {
        const { settings } = input;
        for (const listener of homeAssistants) listener(settings ? { phase: 'connected', settings } : { phase: 'off' });
        return ok('homeAssistant.change', input);
      },
    },
    events: { recent: stream('events') },
  };

  return {
    handlers,
    calls,
    scene: () => scene,
    /** What the page is told that it may do. */
    become: (next: Role) => void (role = next),
    show(next: Scene) {
      scene = next;
      world = worldOf(scene);
      if (scene !== 'loading') for (const name of listeners.keys()) emit(name);
    },
    /** Something happens that the owner must hear of. */
    tell(event: World['events'][number]) {
      world.events = [event, ...world.events];
      emit('events');
    },
    /** Live figures that move, for the bench: `step` seconds after the fixed instant. */
    move(step: number) {
      const wave = Math.round(180 * Math.sin(step / 7));
      const { live, status } = world;
      const { snapshot } = live;
      const at = <T>(value: T) => ({ value, atMs: live.atMs });
      world.live = {
        ...live,
        snapshot: { ...snapshot, production: at(4200 + wave), export: at(250 + wave) },
        decision: { ...live.decision, surplusW: 2080 + wave },
      };
      world.status = { ...status, freshnessMs: 1000 + 100 * (step % 9) };
      emit('live');
      emit('status');
    },
  };
}
export type Fixture = ReturnType<typeof createFixture>;
