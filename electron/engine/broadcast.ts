import type { EngineEvent, Live, LoadView, SiteStatus } from '#shared/contract/engine.ts';
import type { Wish } from '#shared/control.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { Today } from '#shared/ledger.ts';
import type { MarketView } from '#shared/market.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import type { Site } from '#shared/site.ts';
import type { Market } from '#engine/market/market.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { Clock } from '#engine/system/clock.ts';
import { liveOf } from './live.ts';
import { paced } from './paced.ts';
import type { Loads } from './loads.ts';
import type { Tick } from './loop.ts';
import type { Plant } from './plant.ts';
import { siteStatus } from './site-status.ts';

export interface BroadcastParts {
  site(): Site;
  wish(): Wish;
  ledger: Ledger;
  market: Market;
  plant: Plant;
  loads: Loads;
  clock: Clock;
  speed: number;
  version: string;
  hasOwnSite(): boolean;
}

export interface Broadcast {
  cells: {
    status: Cell<SiteStatus>;
    live: Cell<Live>;
    health: Cell<DeviceHealth[]>;
    loads: Cell<LoadView[]>;
    today: Cell<Today>;
    market: Cell<MarketView>;
    events: Cell<EngineEvent[]>;
  };
  tick(tick: Tick): void;
  status(): void;
  events(): void;
  market(): void;
  live(): Live | undefined;
  today(): Today | undefined;
  /** Once per second and stream: whether the shell's status is due. */
  statusDue(atMs: number): boolean;
}

/** Figures change at most once a second, sums every five, prices every minute; real time, ms. */
const EVERY_MS = { live: 900, sums: 4_900, market: 60_000, shell: 900 };
const EVENTS = 100;

/** Turns ticks into the streams of the contract, at a pace a reader can follow whatever the clock's speed. */
export function openBroadcast(parts: BroadcastParts): Broadcast {
  const { clock, ledger, speed } = parts;
  const cells: Broadcast['cells'] = {
    status: cell(),
    live: cell(),
    health: cell(),
    loads: cell(),
    today: cell(),
    market: cell(),
    events: cell(),
  };
  const due = paced(speed);
  let last: Live | undefined;
  let today: Today | undefined;
  let peakW = 0;

  const status = () => {
    const nowMs = clock.now();
    const loads = parts.loads.models();
    const { version } = parts;
    const input = {
      site: parts.site(),
      wish: parts.wish(),
      loads,
      snapshot: last?.snapshot,
      peakW,
      nowMs,
      speed,
      version,
      ownSite: parts.hasOwnSite(),
    };
    cells.status.set(siteStatus(input));
  };
  const events = () => cells.events.set(ledger.events.recent(EVENTS));
  events();
  const market = () => cells.market.set(parts.market.view(clock.now()));

  return {
    cells,
    status,
    events,
    market,
    live: () => last,
    today: () => today,
    statusDue: (atMs) => due('shell', atMs, EVERY_MS.shell),
    tick(tick) {
      peakW = Math.max(peakW, tick.snapshot.production?.value ?? 0);
      last = liveOf(tick, parts.plant.problems(tick.atMs));
      if (due('live', tick.atMs, EVERY_MS.live)) {
        cells.live.set(last);
        cells.health.set([...parts.plant.health(), ...parts.loads.health()]);
        cells.loads.set(parts.loads.views());
        status();
      }
      if (due('sums', tick.atMs, EVERY_MS.sums)) {
        today = ledger.today();
        cells.today.set(today);
      }
      if (due('market', tick.atMs, EVERY_MS.market)) market();
    },
  };
}
