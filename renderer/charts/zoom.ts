/** A stretch of time, ms. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

const SLOT_MS = 300_000;
/** The shortest stretch that still shows a shape: half an hour of slots. */
const LEAST_MS = 6 * SLOT_MS;

/** A wished stretch on whole slots, inside of all and not too short; undefined where it is all of it. */
export function clampStretch(wished: Stretch, all: Stretch): Stretch | undefined {
  const fromMs = Math.max(all.fromMs, Math.floor(Math.min(wished.fromMs, wished.toMs) / SLOT_MS) * SLOT_MS);
  const toMs = Math.min(all.toMs, Math.ceil(Math.max(wished.fromMs, wished.toMs) / SLOT_MS) * SLOT_MS);
  const lacks = LEAST_MS - (toMs - fromMs);
  if (lacks <= 0) return fromMs <= all.fromMs && toMs >= all.toMs ? undefined : { fromMs, toMs };
  const start = Math.max(all.fromMs, Math.min(fromMs - Math.ceil(lacks / 2 / SLOT_MS) * SLOT_MS, all.toMs - LEAST_MS));
  return { fromMs: start, toMs: Math.min(all.toMs, start + LEAST_MS) };
}

/** Nearer (`factor` < 1) or farther around an instant that stays where it is. */
export function zoomAround(now: Stretch, all: Stretch, atMs: number, factor: number): Stretch | undefined {
  return clampStretch({ fromMs: atMs - (atMs - now.fromMs) * factor, toMs: atMs + (now.toMs - atMs) * factor }, all);
}

/** Minutes between ticks so that about `most` fit. */
export function tickMinutes({ fromMs, toMs }: Stretch, most: number): number {
  const steps = [5, 15, 30, 60, 120, 180, 360];
  return steps.find((minutes) => (toMs - fromMs) / 60_000 / minutes <= most) ?? 720;
}
