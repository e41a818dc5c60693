import { z } from 'zod';

const mwh = z.number().int().min(0);

/** Where freed energy would have gone with the loads off; the parts sum to the draw to the milliwatt-hour. */
export const Origin = z.object({
  /** Bought although nobody asked for it: the aim is 0. */
  gridFed: mwh,
  /** Bought under an allowance that the owner declared. */
  contracted: mwh,
  /** Bought in a boost. */
  boostFed: mwh,
  batteryFed: mwh,
  deferredCharge: mwh,
  forgoneExport: mwh,
  avoidedPaidExport: mwh,
  avoidedCurtailment: mwh,
  /** Drawn while the readings that would tell its origin were missing. */
  unproven: mwh,
});
export type Origin = z.infer<typeof Origin>;

/**
 * Energies of the site in a span, INTEGER mWh, directional. Absent: never read in the span; the row's coverage says how much
 * of it is known. `residual` closes the balance over what is known, and may be negative.
 */
export const Flows = z.object({
  production: mwh.optional(),
  import: mwh.optional(),
  export: mwh.optional(),
  charge: mwh.optional(),
  discharge: mwh.optional(),
  demand: mwh.optional(),
  /** Of the loads; absent: there are some, and none was read. */
  draw: mwh.optional(),
  residual: z.number().int(),
  /** Curtailment that remained, not mined either; absent: unknown. */
  curtailed: mwh.optional(),
  /** Uncertainty of `curtailed`, and how the potential behind it was found. */
  curtailedPlusMinus: mwh.optional(),
  curtailedMethod: z.enum(['reported', 'probed', 'modelled']).optional(),
});
export type Flows = z.infer<typeof Flows>;

/**
 * Money in millionths of the currency unit, bitcoin in millisats, both INTEGER. Absent: unknown, as soon as the price of
 * any energy in the span is.
 */
export const Earnings = z.object({
  estimatedMsat: z.number().int().min(0).optional(),
  /** The same work by the difficulty of accepted shares; of the miners that tell it. Relative error about 1/√shares. */
  verifiedMsat: z.number().int().min(0).optional(),
  shares: z.number().int().min(0).optional(),
  /** A price in it became known after the fact. */
  latePrice: z.literal(true).optional(),
  minedMicro: z.number().int().optional(),
  forgoneExportMicro: z.number().int().optional(),
  importCostMicro: z.number().int().optional(),
  batteryCostMicro: z.number().int().optional(),
  paidExportAvoidedMicro: z.number().int().optional(),
  /** mined − forgone export − import − battery + paid export avoided. */
  earningsMicro: z.number().int().optional(),
});
export type Earnings = z.infer<typeof Earnings>;

/** One row of a report: a slot, hour, day, month or the sum of a range. */
export const ReportRow = z.object({
  startMs: z.number(),
  endMs: z.number(),
  /** Share of the span with complete readings, 0..1. */
  coverage: z.number().min(0).max(1),
  flows: Flows,
  origin: Origin,
  earnings: Earnings,
  starts: z.number().int().min(0),
});
export type ReportRow = z.infer<typeof ReportRow>;

export const Resolution = z.enum(['slot', 'hour', 'day', 'month']);
export type Resolution = z.infer<typeof Resolution>;

export const Report = z.object({
  resolution: Resolution,
  sum: ReportRow,
  rows: z.array(ReportRow),
  byLoad: z.array(
    z.object({
      loadId: z.string(),
      origin: Origin,
      draw: mwh,
      estimatedMsat: z.number().int().optional(),
      verifiedMsat: z.number().int().optional(),
      shares: z.number().int().optional(),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** Grid-fed energy outside boost: when, how much and why. */
export const Violation = z.object({
  startMs: z.number(),
  endMs: z.number(),
  gridFed: mwh,
  cause: z.string(),
  loadId: z.string().optional(),
});
export type Violation = z.infer<typeof Violation>;

/** The proof figure of today. */
export const Proof = z.object({
  look: z.enum(['proven', 'trace', 'breach', 'unproven']),
  gridFed: mwh,
  boostGridFed: mwh,
  slots: z.number().int().min(0),
  unprovenSlots: z.number().int().min(0),
});
export type Proof = z.infer<typeof Proof>;

/** Today so far, the running slot included. */
export const Today = z.object({
  dayStartMs: z.number(),
  dayEndMs: z.number(),
  sum: ReportRow,
  slots: z.array(ReportRow),
  proof: Proof,
  byLoad: Report.shape.byLoad,
});
export type Today = z.infer<typeof Today>;

/** What a device's own counter says of a stretch, beside what was measured in it, mWh; `resets` of the counter. */
export const CounterCheck = z.object({
  quantity: z.enum(['production', 'import', 'export']),
  countedMwh: z.number().int(),
  measuredMwh: z.number().int(),
  resets: z.number().int(),
});
export type CounterCheck = z.infer<typeof CounterCheck>;

/** A change worth a mark in the decision lane. */
export const DecisionMark = z.object({
  atMs: z.number(),
  loadId: z.string(),
  kind: z.enum(['start', 'raise', 'lower', 'stop', 'guard', 'note']),
  setpointW: z.number().min(0).optional(),
  reason: z.unknown(),
});
export type DecisionMark = z.infer<typeof DecisionMark>;

/** Bitcoin received, INTEGER sats. `id` is the pool's or the transaction's: the same one twice is one payout. */
export const Payout = z.strictObject({
  id: z.string().min(1).max(200),
  receivedMs: z.number(),
  sats: z.number().int().positive(),
  /** Pool, wallet or node that paid. */
  source: z.string().min(1).max(80),
  feeSats: z.number().int().min(0).optional(),
  /** Currency per bitcoin at receipt, with where and when it was quoted; absent: unknown. */
  price: z.strictObject({ perBitcoin: z.number().positive(), source: z.string(), atMs: z.number() }).optional(),
  note: z.string().max(500).optional(),
});
export type Payout = z.infer<typeof Payout>;

/** A payout as a lot for tax: what it was worth when received, and the energy behind it. Money in minor units (cents). */
export const Lot = z.object({
  id: z.string(),
  payout: Payout,
  currency: z.string(),
  fairValueMinor: z.number().int().optional(),
  /** The ledger's span that it pays for: from the payout before to this one. */
  fromMs: z.number(),
  toMs: z.number(),
  origin: Origin,
  /** What that energy cost: forgone export, import, battery, less paid export avoided. */
  costMinor: z.number().int().optional(),
});
export type Lot = z.infer<typeof Lot>;

/** Bitcoin given away: sold, spent. */
export const Disposal = z.strictObject({
  id: z.string().min(1).max(200),
  atMs: z.number(),
  sats: z.number().int().positive(),
  proceedsMinor: z.number().int(),
  feeMinor: z.number().int().min(0).default(0),
  note: z.string().max(500).optional(),
});
export type Disposal = z.infer<typeof Disposal>;

export const LotMethod = z.enum(['fifo', 'lifo', 'hifo']);
export type LotMethod = z.infer<typeof LotMethod>;

const minor = z.number().int();

/** Which lots each disposal came from, and what is left. An absent basis or gain: a lot in it has no value. */
export const LotBook = z.object({
  method: LotMethod,
  lots: z.array(Lot.extend({ leftSats: z.number().int(), leftBasisMinor: minor.optional() })),
  disposals: z.array(
    Disposal.extend({
      parts: z.array(
        z.object({ lotId: z.string(), sats: z.number().int(), basisMinor: minor.optional(), heldMs: z.number() }),
      ),
      /** Sats that no lot accounts for. */
      uncoveredSats: z.number().int(),
      basisMinor: minor.optional(),
      gainMinor: minor.optional(),
    }),
  ),
  heldSats: z.number().int(),
});
export type LotBook = z.infer<typeof LotBook>;
