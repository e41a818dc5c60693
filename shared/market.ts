import { z } from 'zod';

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
});
export type MarketSnapshot = z.infer<typeof MarketSnapshot>;

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
});
export type MarketView = z.infer<typeof MarketView>;
