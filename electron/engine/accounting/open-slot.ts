import { z } from 'zod';
import { MS_PER_HOUR } from '#shared/units.ts';
import { originKeys } from './counterfactual.ts';

export const SLOT_MS = 300_000;

export const slotStartOf = (atMs: number): number => Math.floor(atMs / SLOT_MS) * SLOT_MS;

const Sums = z.record(z.string(), z.number());

/** The slot under way, JSON-able: sums of rate × ms since its start. */
export const OpenSlot = z.object({
  startMs: z.number(),
  coveredMs: z.number(),
  unprovenMs: z.number(),
  curtailedMs: z.number(),
  /** Of it without an uncertainty. */
  doubtUnknownMs: z.number().default(0),
  curtailedMethod: z.enum(['reported', 'probed', 'modelled']).optional(),
  /** The site has loads, read or not. */
  hasLoads: z.boolean().default(false),
  site: Sums,
  loads: z.record(z.string(), Sums),
  /** Grid-fed W·ms by load and cause. */
  causes: z.record(z.string(), Sums),
  starts: z.record(z.string(), z.number()),
});
export type OpenSlot = z.infer<typeof OpenSlot>;

export const emptySlot = (startMs: number): OpenSlot => ({
  startMs,
  coveredMs: 0,
  unprovenMs: 0,
  curtailedMs: 0,
  doubtUnknownMs: 0,
  hasLoads: false,
  site: {},
  loads: {},
  causes: {},
  starts: {},
});

/** @returns mWh, millisats or millionths from a sum of rate × ms */
export const fromSum = (sum: number): number => (sum * 1000) / MS_PER_HOUR;

export const originSums = (sums: Record<string, number>): number[] => originKeys.map((key) => sums[key] ?? 0);
