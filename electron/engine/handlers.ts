import { z } from 'zod';
import type { EngineContract, EngineEvent, Live, LoadView, SiteStatus } from '#shared/contract/engine.ts';
import type { Commissioning, SignCheck } from '#shared/contract/commissioning.ts';
import type { Problem } from '#shared/contract/done.ts';
import { ControlSettings, type Mode, type Wish } from '#shared/control.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { Today } from '#shared/ledger.ts';
import type { MarketSettings, MarketSnapshot, MarketView } from '#shared/market.ts';
import type { Cell } from '#shared/rpc/cell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { strangeCommands } from '#engine/miners/command-origin.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import { boostProblems } from './boost.ts';
import { siteHandlers, type SiteParts } from './site-handlers.ts';
import { beyondHome } from './beyond-home.ts';
import { strangeFleet } from './fleet-desk.ts';
import { deskHandlers, type DeskParts } from './desk-handlers.ts';
import { done, refuseCommand, type Problems } from './done.ts';
import type { AccessHandlers, EngineHandlers } from './remote.ts';

/** What the handlers need of the engine: its streams as cells, and the few things an owner may ask for. */
export interface HandlerParts extends DeskParts, SiteParts {
  status: Cell<SiteStatus>;
  live: Cell<Live>;
  health: Cell<DeviceHealth[]>;
  loads: Cell<LoadView[]>;
  today: Cell<Today>;
  market: Cell<MarketView>;
  events: Cell<EngineEvent[]>;
  commissioning: Cell<Commissioning>;
  signCheck: Cell<SignCheck>;
  access: AccessHandlers;
  startSignCheck(input: { load?: string | undefined }): Problems;
  cancelSignCheck(): void;
  wish(): Wish;
  changeWish(change: Partial<Wish>): void;
  setMode(mode: Exclude<Mode, 'boost'>): Promise<Problems>;
  nowMs(): number;
  ledger: Pick<Ledger, 'report' | 'violations' | 'marks' | 'exportTable' | 'backUp'>;
  books: Handlers<EngineContract>['books'];
  planner: Handlers<EngineContract>['planner'];
  homeAssistant: Handlers<EngineContract>['homeAssistant'];
  diagnostics: Handlers<EngineContract>['diagnostics'];
  marketSettings(): MarketSettings;
  changeMarket(settings: MarketSettings): void;
  enterMarket(snapshot: MarketSnapshot): void;
}

const problemOf = (issue: z.core.$ZodIssue): Problem => ({
  field: ['control', ...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.'),
  message: issue.message,
  ...limitOf(issue),
});

/** What an owner can get wrong in a number. */
function limitOf(issue: z.core.$ZodIssue): Pick<Problem, 'code' | 'values'> {
  if (issue.code === 'too_big') return { code: 'too-big', values: { limit: Number(issue.maximum) } };
  if (issue.code === 'too_small') {
    const values = { limit: Number(issue.minimum) };
    return { code: issue.inclusive === false ? 'not-above' : 'too-small', values };
  }
  return issue.code === 'invalid_type' ? { code: 'missing' } : {};
}

/** Longest pause an owner can ask for, ms; longer is Stop. */
const MAX_PAUSE_MS = 7 * 24 * 3_600_000;

export function engineHandlers(parts: HandlerParts): EngineHandlers {
  const streamOf =
    <T>(source: Cell<T>) =>
    (emit: (value: T) => void) =>
      source.subscribe(emit);

  return {
    site: {
      status: streamOf(parts.status),
      get: () => parts.site(),
      save: async (site) => {
        const before = parts.site();
        const problems = [
          ...strangeCommands(before, site).map(refuseCommand),
          ...beyondHome(before, site),
          ...strangeFleet(before, site),
        ];
        return done(problems.length > 0 ? problems : await parts.changeSite(() => site));
      },
      ...siteHandlers(parts),
      commissioning: streamOf(parts.commissioning),
      signCheck: streamOf(parts.signCheck),
      startSignCheck: (input) => done(parts.startSignCheck(input)),
      cancelSignCheck: () => {
        parts.cancelSignCheck();
        return done([]);
      },
    },
    control: {
      live: streamOf(parts.live),
      setMode: async ({ mode }) => done(await parts.setMode(mode)),
      stop: () => {
        parts.changeWish({ stopped: true });
        return done([]);
      },
      resume: () => {
        parts.changeWish({ stopped: false, pauseUntilMs: undefined });
        return done([]);
      },
      pause: ({ untilMs }) => {
        const ahead = untilMs - parts.nowMs();
        if (!(ahead > 0 && ahead <= MAX_PAUSE_MS))
          return done([{ field: 'untilMs', message: 'Pause until a time within the next seven days, or use Stop.' }]);
        parts.changeWish({ pauseUntilMs: untilMs });
        return done([]);
      },
      boost: (boost) => {
        const problems = boostProblems(boost, parts.site(), parts.wish(), parts.nowMs());
        if (problems.length === 0) parts.changeWish({ mode: 'boost', boost, pauseUntilMs: undefined });
        return done(problems);
      },
      endBoost: () => {
        parts.changeWish({ boost: undefined });
        return done([]);
      },
      changeSettings: async ({ control }) => {
        const parsed = z.strictObject(ControlSettings.shape).safeParse({ ...parts.site().control, ...control });
        if (!parsed.success) return done(parsed.error.issues.map(problemOf));
        return done(await parts.changeSite((site) => ({ ...site, control: parsed.data })));
      },
      marks: (range) => parts.ledger.marks(range),
    },
    devices: {
      health: streamOf(parts.health),
      loads: streamOf(parts.loads),
      ...deskHandlers(parts),
    },
    ledger: {
      today: streamOf(parts.today),
      report: (range) => parts.ledger.report(range),
      violations: (range) => parts.ledger.violations(range),
      exportTable: ({ format, ...range }) => parts.ledger.exportTable(range, format),
      async backUp() {
        const made = await parts.ledger.backUp();
        return made.outcome === 'ok' ? { outcome: 'ok', file: made.backup.file, bytes: made.backup.bytes } : made;
      },
    },
    market: {
      view: streamOf(parts.market),
      settings: () => parts.marketSettings(),
      changeSettings(settings) {
        parts.changeMarket(settings);
        return done([]);
      },
      enter(snapshot) {
        const fromFuture = snapshot.atMs > parts.nowMs() + 60_000;
        if (fromFuture) return done([{ field: 'atMs', message: 'The time of the price lies ahead; check it.' }]);
        parts.enterMarket(snapshot);
        return done([]);
      },
    },
    books: parts.books,
    access: parts.access,
    planner: parts.planner,
    homeAssistant: parts.homeAssistant,
    diagnostics: parts.diagnostics,
    events: { recent: streamOf(parts.events) },
  };
}
