import { z } from 'zod';
import type { Rates } from './rates.ts';

const MINUTE_MS = 60_000;

/** Mean, minimum and maximum of one minute, W. */
export interface MinuteFigure {
  mean: number;
  min: number;
  max: number;
}

/** One minute of the site: flows under their names, loads as `load:ID`. A series not read in that minute is absent. */
export interface Minute {
  startMs: number;
  series: Record<string, MinuteFigure>;
}

export const OpenMinute = z.object({
  startMs: z.number(),
  series: z.record(z.string(), z.object({ sum: z.number(), count: z.number(), min: z.number(), max: z.number() })),
});
export type OpenMinute = z.infer<typeof OpenMinute>;

const seriesOf = ({ site, loads }: Rates): Record<string, number> => {
  const { production, demand, charge, discharge, curtailed } = site;
  const values = { production, import: site.import, export: site.export, charge, discharge, demand, curtailed };
  const known: Record<string, number> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) known[key] = value;
  for (const [id, { draw }] of Object.entries(loads)) if (draw !== undefined) known[`load:${id}`] = draw;
  return known;
};

/** @param extra further series of the tick, such as `soc` in % */
export function accumulateMinute(
  open: OpenMinute | undefined,
  rates: Rates,
  extra: Record<string, number>,
): { open: OpenMinute; closed?: Minute } {
  const startMs = Math.floor(rates.atMs / MINUTE_MS) * MINUTE_MS;
  const same = open?.startMs === startMs;
  const series = same ? { ...open.series } : {};
  for (const [key, value] of Object.entries({ ...seriesOf(rates), ...extra })) {
    const before = series[key] ?? { sum: 0, count: 0, min: value, max: value };
    series[key] = {
      sum: before.sum + value,
      count: before.count + 1,
      min: Math.min(before.min, value),
      max: Math.max(before.max, value),
    };
  }
  const next = { startMs, series };
  return same || !open ? { open: next } : { open: next, closed: closeMinute(open) };
}

export const closeMinute = ({ startMs, series }: OpenMinute): Minute => ({
  startMs,
  series: Object.fromEntries(
    Object.entries(series).map(([key, { sum, count, min, max }]) => [key, { mean: sum / count, min, max }]),
  ),
});
