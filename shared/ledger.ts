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

/** Energies of the site in a span, INTEGER mWh, directional; `residual` closes the balance and may be negative. */
export const Flows = z.object({
  production: mwh,
  import: mwh,
  export: mwh,
  charge: mwh,
  discharge: mwh,
  demand: mwh,
  draw: mwh,
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
    z.object({ loadId: z.string(), origin: Origin, draw: mwh, estimatedMsat: z.number().int().optional() }),
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

/** A change worth a mark in the decision lane. */
export const DecisionMark = z.object({
  atMs: z.number(),
  loadId: z.string(),
  kind: z.enum(['start', 'raise', 'lower', 'stop', 'guard', 'note']),
  setpointW: z.number().min(0).optional(),
  reason: z.unknown(),
});
export type DecisionMark = z.infer<typeof DecisionMark>;
