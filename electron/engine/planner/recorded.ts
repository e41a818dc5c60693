import type { Minute } from '#engine/accounting/minute.ts';
import { dayOf } from '#shared/time.ts';
import { MINUTE_MS } from './calendar-year.ts';

/** An owner's recorded minutes as the planner runs on them, W; structured-clonable. */
export interface Recorded {
  startMs: number;
  potentialW: Float32Array;
  demandW: Float32Array;
  /** Minutes of which production and demand are known. */
  known: number;
  /** What the loads drew by day, mWh. */
  drawByDay: number[];
  /** At the first minute that tells it, %. */
  startPercent: number | undefined;
  /** Production was held back with nobody knowing by how much. */
  lowerBound: boolean;
}

/** Below it nothing was held back, W. */
const HELD_W = 10;
const MWH = 1000 / 60;

/**
 * What the plant could have made is what it made, and what the ledger says it was held back by. Minutes that are missing
 * count as none: they are zero here and left out of the coverage.
 * @returns undefined where nothing is recorded
 */
export function recordedOf(
  minutes: readonly Minute[],
  span: { fromMs: number; toMs: number },
  limits: { timeZone: string; mayHoldBack: boolean },
): Recorded | undefined {
  const startMs = Math.ceil(span.fromMs / MINUTE_MS) * MINUTE_MS;
  const count = Math.floor((span.toMs - startMs) / MINUTE_MS);
  if (count <= 0) return undefined;
  const potentialW = new Float32Array(count);
  const demandW = new Float32Array(count);
  const byDay = new Map<number, number>();
  let known = 0;
  let startPercent: number | undefined;
  let lowerBound = false;
  for (const { startMs: atMs, series } of minutes) {
    const i = Math.round((atMs - startMs) / MINUTE_MS);
    const production = series['production']?.mean;
    const demand = series['demand']?.mean;
    if (i < 0 || i >= count || production === undefined || demand === undefined) continue;
    known += 1;
    const curtailed = series['curtailed']?.mean;
    if (curtailed === undefined && limits.mayHoldBack) lowerBound = true;
    potentialW[i] = production + (curtailed !== undefined && curtailed > HELD_W ? curtailed : 0);
    demandW[i] = demand;
    startPercent ??= series['soc']?.mean;
    const { startMs: day } = dayOf(atMs, limits.timeZone);
    let draw = 0;
    for (const [key, figure] of Object.entries(series)) if (key.startsWith('load:')) draw += figure.mean;
    byDay.set(day, (byDay.get(day) ?? 0) + draw * MWH);
  }
  if (known === 0) return undefined;
  return {
    startMs,
    potentialW,
    demandW,
    known,
    drawByDay: daysBetween(startMs, startMs + count * MINUTE_MS, limits.timeZone).map((day) => byDay.get(day) ?? 0),
    startPercent,
    lowerBound,
  };
}

function daysBetween(fromMs: number, toMs: number, timeZone: string): number[] {
  const days: number[] = [];
  for (let at = fromMs; at < toMs;) {
    const { startMs, endMs } = dayOf(at, timeZone);
    days.push(startMs);
    at = endMs;
  }
  return days;
}
