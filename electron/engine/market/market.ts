import { z } from 'zod';
import type { MarketNow } from '#shared/control.ts';
import { MarketSettings, MarketSnapshot, PricePoint, type LatePrice, type MarketView } from '#shared/market.ts';
import type { Payout } from '#shared/ledger.ts';
import { PoolState, type PoolAccount } from '#shared/pool.ts';
import type { Site } from '#shared/site.ts';
import { satsPerThHour } from '#engine/accounting/earnings.ts';
import { pricesAt, type PricesNow } from '#engine/accounting/tariff.ts';
import { bundledSnapshot } from './bundled.ts';

/** Where the market keeps its last known values; the ledger's settings fit. */
export interface MarketStore {
  read<T>(key: string, schema: z.ZodType<T>): T | undefined;
  write(key: string, value: unknown): void;
}

export interface Market {
  /** What control and the ledger reckon with at that moment. */
  now(atMs: number): MarketNow;
  view(atMs: number): MarketView;
  /** The last known values, or those that came with the app. */
  snapshot(): MarketSnapshot;
  settings(): MarketSettings;
  changeSettings(settings: MarketSettings): void;
  /** Takes a snapshot from a source or typed in by the owner; one that is older than the known one is left. */
  learn(snapshot: MarketSnapshot): void;
  /** Day-ahead prices, fetched or imported; points of the same time are replaced. */
  learnPrices(points: readonly PricePoint[]): void;
  learnPool(id: string, state: PoolState): void;
  /** What the pool said when it was first asked, to reckon from. */
  firstOfPool(id: string): PoolState | undefined;
  /** The price of bitcoin if one is known from about then; absent: too far away. */
  priceNear(atMs: number): Payout['price'];
  setSite(site: Site): void;
  /** What keeps a source from answering; undefined when it does again. */
  setProblem(which: string, problem: MarketView['problem']): void;
}

const DAY_MS = 86_400_000;
// A payout is worth what bitcoin cost that day, not the next.
const PRICE_IS_OF_THEN_MS = DAY_MS / 4;
const SATS_PER_BITCOIN = 100_000_000;
// Two days ahead and two back: enough for every decision and for a slot that is closed late.
const KEEP_PRICES_MS = 2 * DAY_MS;

/** @param onPrices is told of prices as they are learnt, some of them of stretches that are over */
export function createMarket(
  firstSite: Site,
  store: MarketStore,
  onPrices: (prices: LatePrice[]) => void = () => undefined,
): Market {
  let site = firstSite;
  let settings = store.read('market', MarketSettings) ?? MarketSettings.parse({});
  let known = store.read('market.snapshot', MarketSnapshot);
  let points = store.read('market.prices', z.array(PricePoint)) ?? [];
  const problems = new Map<string, NonNullable<MarketView['problem']>>();

  const snapshot = () => known ?? bundledSnapshot;
  // A simulated site lives in a simulated market: its day may be any day.
  const isOld = (atMs: number) => !site.simulated && atMs - oldest(snapshot()) > settings.maxAgeDays * DAY_MS;

  const Pools = z.record(z.string(), z.object({ first: PoolState, last: PoolState }));
  let pools = store.read('market.pools', Pools) ?? {};
  const poolView = ({ id, kind }: PoolAccount) => {
    const state = pools[id]?.last;
    const trouble = problems.get(`pool:${id}`);
    return { id, kind, ...(state ? { state } : {}), ...(trouble ? { problem: trouble } : {}) };
  };

  return {
    now(atMs) {
      const { prices, ...network } = snapshot();
      const price = prices[site.currency];
      return {
        satsPerThHour: satsPerThHour(network),
        poolFee: site.poolFee,
        ...(price === undefined ? {} : { pricePerSat: price / SATS_PER_BITCOIN }),
        ...pricesOf(site, settings, points, atMs),
        fresh: !isOld(atMs) && price !== undefined,
      };
    },
    view(atMs) {
      const problem = problems.get('network') ?? problems.get('prices');
      const { importPerKwh, exportPerKwh } = pricesOf(site, settings, points, atMs);
      return {
        snapshot: snapshot(),
        bundled: known === undefined,
        ageMs: Math.max(0, atMs - oldest(snapshot())),
        old: isOld(atMs),
        ...(importPerKwh === undefined ? {} : { importPerKwh }),
        ...(exportPerKwh === undefined ? {} : { exportPerKwh }),
        ...(problem ? { problem } : {}),
        ...(settings.pools.length > 0 ? { pools: settings.pools.map(poolView) } : {}),
      };
    },
    snapshot,
    settings: () => settings,
    changeSettings(next) {
      settings = next;
      store.write('market', next);
    },
    learn(next) {
      const price = next.prices[site.currency];
      const quotedMs = next.pricesAtMs ?? next.atMs;
      const span = { startMs: quotedMs - PRICE_IS_OF_THEN_MS, endMs: quotedMs + PRICE_IS_OF_THEN_MS };
      if (price !== undefined) onPrices([{ ...span, pricePerSat: price / SATS_PER_BITCOIN }]);
      if (known && next.atMs < known.atMs) return;
      known = next;
      store.write('market.snapshot', next);
    },
    learnPrices(next) {
      const newest = Math.max(...next.map(({ endMs }) => endMs), 0);
      const kept = points.filter(
        (point) =>
          point.endMs > newest - 2 * KEEP_PRICES_MS &&
          !next.some(({ startMs, endMs }) => point.startMs < endMs && startMs < point.endMs),
      );
      points = [...kept, ...next].toSorted((a, b) => a.startMs - b.startMs);
      store.write('market.prices', points);
      const { importPlus, exportPlus } = settings.dayAhead ?? {};
      onPrices(
        next.map(({ perKwh, ...span }) => ({
          ...span,
          ...(importPlus === undefined ? {} : { importPerKwh: perKwh + importPlus }),
          ...(exportPlus === undefined ? {} : { exportPerKwh: perKwh + exportPlus }),
        })),
      );
    },
    learnPool(id, state) {
      pools = { ...pools, [id]: { first: pools[id]?.first ?? state, last: state } };
      store.write('market.pools', pools);
    },
    firstOfPool: (id) => pools[id]?.first,
    priceNear(atMs) {
      const { prices, source, pricesAtMs, atMs: snapshotMs } = snapshot();
      const perBitcoin = prices[site.currency];
      const quotedMs = pricesAtMs ?? snapshotMs;
      if (perBitcoin === undefined || Math.abs(atMs - quotedMs) > PRICE_IS_OF_THEN_MS) return undefined;
      return { perBitcoin, source, atMs: quotedMs };
    },
    setSite: (next) => void (site = next),
    setProblem(which, problem) {
      if (problem) problems.set(which, problem);
      else problems.delete(which);
    },
  };
}

const oldest = ({ atMs, pricesAtMs }: MarketSnapshot): number => Math.min(atMs, pricesAtMs ?? atMs);

/** The tariff's prices, with the day-ahead price in the place of those it decides. */
function pricesOf(
  { tariff, timeZone }: Site,
  { dayAhead }: MarketSettings,
  points: readonly PricePoint[],
  atMs: number,
): PricesNow {
  const prices = pricesAt(tariff, atMs, timeZone);
  if (!dayAhead) return prices;
  const spot = points.find(({ startMs, endMs }) => atMs >= startMs && atMs < endMs)?.perKwh;
  const { importPlus, exportPlus } = dayAhead;
  // Without today's price the fixed one would be a guess: it stays unknown.
  if (importPlus !== undefined) delete prices.importPerKwh;
  if (exportPlus !== undefined) delete prices.exportPerKwh;
  if (spot === undefined) return prices;
  if (importPlus !== undefined) prices.importPerKwh = spot + importPlus;
  if (exportPlus !== undefined) prices.exportPerKwh = spot + exportPlus;
  return prices;
}
