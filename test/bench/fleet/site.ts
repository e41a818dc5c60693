import type { Site } from '#shared/site.ts';
import type { SlotExport } from '#shared/fleet.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { startExport, type SlotExporter } from '#engine/slot-export.ts';
import { siteClock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { market, site, tick } from '../../support/ledger-ticks.ts';
import { loads, powersAt } from '../storage/fill.ts';

/** Two ticks a slot: each is accounted and written as if it were one of a second. */
const TICK_MS = 150_000;
const SETTINGS = { maxAgeS: 200 };
const START_MS = Date.UTC(2026, 5, 1);
/** Idle times and back-off pass so many times faster. */
const SPEED = 20;

/** One of the fleet: a real ledger in a database of its own, with weather of its own. */
export interface FleetSite {
  id: string;
  ledger: Ledger;
  /** Lives on for so long; without an export price the money is not known yet. */
  live(ms: number, priced: boolean): void;
  beginExport(): void;
  /** Slots that PostgreSQL has not confirmed. */
  waiting(): number;
  stopExport(): Promise<void>;
  end(): void;
}

export interface SiteOptions {
  dir: string;
  server: SlotExport;
}

export function openSite({ dir, server }: SiteOptions, number: number): FleetSite {
  const own: Site = site({ id: `site-${number}`, name: `Site ${number}`, fleet: { export: server } });
  let nowMs = START_MS;
  const opened = openLedger({
    dir,
    site: own,
    clock: { now: () => nowMs, sleep: () => Promise.resolve() },
    log: silentLog,
  });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { ledger } = opened;
  nowMs = ledger.span()?.endMs ?? START_MS;
  let exporter: SlotExporter | undefined;
  const { exportPerKwh: _, ...unpriced } = market;
  return {
    id: own.id,
    ledger,
    live(ms, priced) {
      for (const endMs = nowMs + ms; nowMs < endMs; nowMs += TICK_MS) {
        const powers = powersAt(nowMs + number * 977_000);
        ledger.tick(tick(nowMs, powers, { loads, settings: SETTINGS, market: priced ? market : unpriced }));
      }
    },
    beginExport() {
      exporter = startExport({
        site: () => own,
        ledger,
        clock: siteClock({ wallMs: Date.now(), siteMs: nowMs, speed: SPEED }),
        log: silentLog,
        secret: () => 'fleet',
        tell: () => {},
        random: Math.random,
      });
    },
    waiting: () => ledger.exportQueue.waiting(),
    stopExport: async () => exporter?.stop(),
    end: () => ledger.close(),
  };
}
