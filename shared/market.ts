import { z } from 'zod';
import { PoolAccount, PoolKind, PoolState } from './pool.ts';

const price = z.number().min(-1000).max(1000);

/** Tariff of the site, currency per kWh; an absent price is unknown. */
export const Tariff = z.strictObject({
  importPerKwh: price.optional(),
  exportPerKwh: price.optional(),
  /** What a stored kWh saves later. */
  batteryPerKwh: price.optional(),
  /** Time-of-use rows override the flat price in their hours; the first that matches counts. */
  timeOfUse: z
    .array(
      z.strictObject({
        days: z.array(z.number().int().min(1).max(7)).min(1),
        from: z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'use HH:MM'),
        to: z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'use HH:MM'),
        importPerKwh: price.optional(),
        exportPerKwh: price.optional(),
      }),
    )
    .default([]),
});
export type Tariff = z.infer<typeof Tariff>;

/** Bitcoin network and price at one moment, with where and when it came from. */
export const MarketSnapshot = z.object({
  atMs: z.number(),
  source: z.string(),
  height: z.number().int().min(0),
  difficulty: z.number().positive(),
  /** Average fees per block over the last day, sats. */
  feesPerBlockSat: z.number().min(0),
  /** Units of `currency` per bitcoin, by ISO 4217 code. */
  prices: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()),
  /** Time of the prices where it is another. */
  pricesAtMs: z.number().optional(),
});
export type MarketSnapshot = z.infer<typeof MarketSnapshot>;

const baseUrl = z.url({ protocol: /^https?$/, error: 'use a web address like https://mempool.space' });

/** Where difficulty, height, fees and price come from. Nothing is asked of the network unless the owner chose it. */
export const MarketSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  /** mempool.space or a server that answers like it. */
  z.strictObject({ kind: z.literal('mempool'), baseUrl: baseUrl.default('https://mempool.space') }),
  /** The owner's node: knows everything but the price, which stays as last known or typed in. */
  z.strictObject({
    kind: z.literal('bitcoin-core'),
    baseUrl: baseUrl.default('http://127.0.0.1:8332'),
    user: z.string().default(''),
    /** Name of the secret with the RPC password. */
    secret: z.string().optional(),
  }),
]);
export type MarketSource = z.infer<typeof MarketSource>;

/** Prices of a day by the hour or quarter hour, fetched or imported. */
export const DayAheadSource = z.strictObject({
  url: baseUrl,
  /** Where the list of rows is, and the start and price in each: dots between keys. */
  rows: z.string().default(''),
  start: z.string(),
  price: z.string(),
  /** Currency per kWh in one unit of the source: 0.001 where it tells per MWh. */
  perKwh: z.number().positive().default(0.001),
  /** Not asked; prices come from files. */
  off: z.boolean().default(false),
});
export type DayAheadSource = z.infer<typeof DayAheadSource>;

export const MarketSettings = z.strictObject({
  source: MarketSource.default({ kind: 'off' }),
  everyMin: z.number().min(1).max(1440).default(60),
  /** Older values no longer count as known. */
  maxAgeDays: z.number().positive().max(366).default(14),
  dayAhead: z
    .strictObject({
      source: DayAheadSource.optional(),
      /** What the day-ahead price decides; added to it, currency per kWh. */
      importPlus: price.optional(),
      exportPlus: price.optional(),
    })
    .optional(),
  pools: z.array(PoolAccount).max(20).default([]),
});
export type MarketSettings = z.infer<typeof MarketSettings>;

/** Price of energy between two moments, currency per kWh; may be negative. */
export const PricePoint = z.object({ startMs: z.number(), endMs: z.number(), perKwh: price });
export type PricePoint = z.infer<typeof PricePoint>;

/** Prices of a stretch that became known after it: currency per kWh, currency per sat. */
export interface LatePrice {
  startMs: number;
  endMs: number;
  importPerKwh?: number;
  exportPerKwh?: number;
  pricePerSat?: number;
}

const SourceProblem = z.object({ message: z.string(), nextTryMs: z.number() });

/** What the screen shows of the market. */
export const MarketView = z.object({
  snapshot: MarketSnapshot.optional(),
  /** True for the snapshot that came with the app. */
  bundled: z.boolean(),
  ageMs: z.number().min(0).optional(),
  /** Older than the owner's limit. */
  old: z.boolean(),
  importPerKwh: z.number().optional(),
  exportPerKwh: z.number().optional(),
  /** What keeps the chosen source from answering, and when it is asked again. */
  problem: SourceProblem.optional(),
  /** The owner's pools with what they last told. */
  pools: z
    .array(z.object({ id: z.string(), kind: PoolKind, state: PoolState.optional(), problem: SourceProblem.optional() }))
    .optional(),
});
export type MarketView = z.infer<typeof MarketView>;
