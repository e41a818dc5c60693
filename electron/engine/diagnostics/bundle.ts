import type { EngineEvent, Live, LoadView, SiteStatus } from '#shared/contract/engine.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { DecisionMark, Today, Violation } from '#shared/ledger.ts';
import type { MarketSettings, MarketView } from '#shared/market.ts';
import type { Site } from '#shared/site.ts';
import { scrubbed, scrubber } from './scrub.ts';
import { marketWords, privateWords, secretNames, shownSite } from './shown-site.ts';

export interface BundleInput {
  nowMs: number;
  /** Of Spillway, of what it runs in, of the computer. */
  versions: Record<string, unknown>;
  site: Site;
  status: SiteStatus | undefined;
  live: Live | undefined;
  today: Today | undefined;
  health: readonly DeviceHealth[] | undefined;
  loads: readonly LoadView[] | undefined;
  market: MarketView | undefined;
  marketSettings: MarketSettings;
  events: readonly EngineEvent[];
  decisions: readonly DecisionMark[];
  violations: readonly Violation[];
  ledger: Record<string, unknown>;
  log: readonly string[];
  shellLog: readonly string[];
  secret(name: string): string | undefined;
}

const withoutAddress = (health: DeviceHealth) => ({ ...health, address: undefined });

/** Decisions, newest last. */
const MOST_DECISIONS = 500;

/** Everything about this moment that tells a helper what goes on, and nothing that tells who or where the owner is. */
export function bundle(input: BundleInput): { name: string; text: string } {
  const { site, today, status, market } = input;
  const secrets = [...secretNames(site), ...secretNames(input.marketSettings)].flatMap((name) => [
    { word: input.secret(name) ?? '', instead: '•••', anywhere: true },
    { word: name, instead: '•••' },
  ]);
  const scrub = scrubber([...secrets, ...privateWords(site), ...marketWords(input.marketSettings)]);
  const { source, everyMin, maxAgeDays } = input.marketSettings;
  const shown = {
    format: 'spillway-diagnostics',
    version: 1,
    madeAt: new Date(input.nowMs).toISOString(),
    versions: input.versions,
    site: shownSite(site),
    wish: status?.wish,
    freshnessMs: status?.freshnessMs,
    live: input.live,
    today: today && { sum: today.sum, proof: today.proof, byLoad: today.byLoad },
    devices: input.health?.map(withoutAddress),
    loads: input.loads?.map((load) => ({ ...load, health: withoutAddress(load.health) })),
    market: {
      settings: { source: source.kind, everyMin, maxAgeDays },
      bundled: market?.bundled,
      old: market?.old,
      ageMs: market?.ageMs,
      problem: market?.problem,
    },
    ledger: input.ledger,
    violations: input.violations,
    events: input.events,
    decisions: input.decisions.slice(-MOST_DECISIONS),
    log: input.log,
    shellLog: input.shellLog,
  };
  const day = new Date(input.nowMs).toISOString().slice(0, 10);
  return { name: `spillway-diagnostics-${day}.json`, text: JSON.stringify(scrubbed(shown, scrub), null, 2) };
}
