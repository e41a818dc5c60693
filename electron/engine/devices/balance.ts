import type { Snapshot } from '#shared/control.ts';

/** The readings must add up for so long. */
export const BALANCE_MS = 60_000;
/** Devices are read at different moments, so now and then a reading may be beside. */
const ONE_IN = 10;
const FEWEST = 10;

export interface Sum {
  residualW?: number;
  toleranceW: number;
  ok: boolean;
}

/**
 * Whether the readings of one instant add up.
 * @param unexplainedW production + import + discharge − demand − draw − export − charge, W
 */
export function sumOf(snapshot: Omit<Snapshot, 'loads'>, unexplainedW: number | undefined): Sum {
  const { production, import: imported, discharge, demand } = snapshot;
  const largest = Math.max(production?.value ?? 0, imported?.value ?? 0, discharge?.value ?? 0);
  const toleranceW = Math.max(100, 0.05 * largest);
  // A derived demand is withheld where the readings contradict each other (merge.ts).
  if (unexplainedW === undefined || !production || !demand) return { toleranceW, ok: false };
  const residualW = Math.abs(unexplainedW);
  return { residualW, toleranceW, ok: residualW <= toleranceW };
}

export type BalanceWindow = readonly { atMs: number; ok: boolean }[];

/** The last minute with this instant in it. */
export const withSum = (window: BalanceWindow, atMs: number, { ok }: Sum): BalanceWindow => [
  ...window.filter((each) => each.atMs > atMs - BALANCE_MS - 1000 && each.atMs < atMs),
  { atMs, ok },
];

/** For how long it has added up, ms; BALANCE_MS proves it. */
export function balancedMs(window: BalanceWindow): number {
  let misses = 0;
  let fromMs: number | undefined;
  const newest = window.at(-1);
  if (!newest?.ok) return 0;
  for (let i = window.length - 1; i >= 0; i -= 1) {
    const entry = window[i];
    if (!entry) break;
    if (!entry.ok) misses += 1;
    if (misses * ONE_IN > Math.max(FEWEST, window.length - i)) break;
    if (entry.ok) fromMs = entry.atMs;
  }
  const lasted = newest.atMs - (fromMs ?? newest.atMs);
  return window.length < FEWEST ? Math.min(lasted, BALANCE_MS - 1) : Math.min(lasted, BALANCE_MS);
}
