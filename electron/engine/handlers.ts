import { z } from 'zod';
import type { EngineContract, EngineEvent, Live, LoadView, SignCheck, SiteStatus } from '#shared/contract/engine.ts';
import { ControlSettings, type Mode, type Wish } from '#shared/control.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { Today } from '#shared/ledger.ts';
import type { MarketSettings, MarketSnapshot, MarketView } from '#shared/market.ts';
import type { Cell } from '#shared/rpc/cell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { plantFamilies } from '#engine/devices/families.ts';
import { strangeCommands } from '#engine/miners/command-origin.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { DeviceDesk } from './device-desk.ts';

export type Problems = { field: string; message: string }[];

/** What the handlers need of the engine: its streams as cells, and the few things an owner may ask for. */
export interface HandlerParts {
  status: Cell<SiteStatus>;
  live: Cell<Live>;
  health: Cell<DeviceHealth[]>;
  loads: Cell<LoadView[]>;
  today: Cell<Today>;
  market: Cell<MarketView>;
  events: Cell<EngineEvent[]>;
  signCheck: Cell<SignCheck>;
  desk: DeviceDesk;
  startSignCheck(): Problems;
  cancelSignCheck(): void;
  site(): Site;
  /** Checks and takes over the site; the problems are empty when it did. */
  replaceSite(site: Site): Promise<Problems>;
  wish(): Wish;
  changeWish(change: Partial<Wish>): void;
  setMode(mode: Exclude<Mode, 'boost'>): Promise<Problems>;
  nowMs(): number;
  ledger: Pick<Ledger, 'report' | 'violations' | 'marks' | 'exportCsv' | 'backUp'>;
  books: Handlers<EngineContract>['books'];
  marketSettings(): MarketSettings;
  changeMarket(settings: MarketSettings): void;
  enterMarket(snapshot: MarketSnapshot): void;
}

const done = (problems: Problems) =>
  problems.length === 0 ? ({ outcome: 'ok' } as const) : ({ outcome: 'refused', problems } as const);

const problemOf = (issue: z.core.$ZodIssue) => ({
  field: ['control', ...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.'),
  message: issue.message,
});

const refuseCommand = (field: string) => ({
  field,
  message: 'Programs to run are taken from the site file alone: write this one there, with an editor.',
});

/** Longest pause an owner can ask for, ms; longer is Stop. */
const MAX_PAUSE_MS = 7 * 24 * 3_600_000;

export function engineHandlers(parts: HandlerParts): Handlers<EngineContract> {
  const streamOf =
    <T>(source: Cell<T>) =>
    (emit: (value: T) => void) =>
      source.subscribe(emit);

  return {
    site: {
      status: streamOf(parts.status),
      get: () => parts.site(),
      save: async (site) => {
        const strange = strangeCommands(parts.site(), site);
        return done(strange.length > 0 ? strange.map(refuseCommand) : await parts.replaceSite(site));
      },
      signCheck: streamOf(parts.signCheck),
      startSignCheck: () => done(parts.startSignCheck()),
      cancelSignCheck: () => {
        parts.cancelSignCheck();
        return done([]);
      },
    },
    control: {
      live: streamOf(parts.live),
      setMode: async ({ mode }) => done(await parts.setMode(mode)),
      stop: () => {
        parts.changeWish({ stopped: true, boost: undefined });
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
      changeSettings: async ({ control }) => {
        const parsed = z.strictObject(ControlSettings.shape).safeParse({ ...parts.site().control, ...control });
        if (!parsed.success) return done(parsed.error.issues.map(problemOf));
        return done(await parts.replaceSite({ ...parts.site(), control: parsed.data }));
      },
      marks: (range) => parts.ledger.marks(range),
    },
    devices: {
      health: streamOf(parts.health),
      loads: streamOf(parts.loads),
      families: () => plantFamilies(),
      search: streamOf(parts.desk.search),
      startSearch: () => {
        parts.desk.startSearch();
        return done([]);
      },
      cancelSearch: () => {
        parts.desk.cancelSearch();
        return done([]);
      },
      tryPlant: (device) => parts.desk.tryPlant(device),
      tryLoad: (device) => parts.desk.tryLoad(device),
      report: ({ id }) => parts.desk.report(id),
      checkProfile: ({ text }) => parts.desk.checkProfile(text),
      tryProfile: ({ text, device }) => parts.desk.tryProfile(text, device),
      saveProfile: ({ text }) => parts.desk.saveProfile(text),
    },
    ledger: {
      today: streamOf(parts.today),
      report: (range) => parts.ledger.report(range),
      violations: (range) => parts.ledger.violations(range),
      exportCsv: (range) => parts.ledger.exportCsv(range),
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
    events: { recent: streamOf(parts.events) },
  };
}
