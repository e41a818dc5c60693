import { z } from 'zod';
import type { LoadSnapshot, MarketNow } from '#shared/control.ts';
import { HASHES_PER_DIFFICULTY, HASHES_PER_TH_HOUR } from './earnings.ts';

/** What a miner's own counters stood at: accepted shares and Σ of their difficulty since it started. */
export const WorkCount = z.object({
  atMs: z.number(),
  shares: z.number().optional(),
  difficulty: z.number().optional(),
});
export type WorkCount = z.infer<typeof WorkCount>;

/** A miner's counters with what they are worth now. */
export interface WorkRead extends WorkCount {
  /** Difficulty of one share, for devices that count shares only. */
  shareDifficulty?: number;
  /** Sats per unit of share difficulty, after pool fee; absent: the network's difficulty is unknown. */
  satsPerDifficulty?: number;
}

// Work of a longer absence was not watched: neither is it estimated.
const LONGEST_GAP_MS = 900_000;

/** @returns undefined where the device tells no shares */
export function workOf(load: LoadSnapshot | undefined, market: MarketNow): WorkRead | undefined {
  const { acceptedShares: shares, acceptedDifficulty: difficulty, shareDifficulty } = load ?? {};
  const atMs = shares?.atMs ?? difficulty?.atMs;
  if (atMs === undefined || (difficulty === undefined && shareDifficulty === undefined)) return undefined;
  const perDifficulty =
    market.satsPerThHour === undefined
      ? undefined
      : ((market.satsPerThHour * HASHES_PER_DIFFICULTY) / HASHES_PER_TH_HOUR) * (1 - market.poolFee);
  return {
    atMs,
    ...(shares ? { shares: shares.value } : {}),
    ...(difficulty ? { difficulty: difficulty.value } : {}),
    ...(shareDifficulty ? { shareDifficulty: shareDifficulty.value } : {}),
    ...(perDifficulty === undefined ? {} : { satsPerDifficulty: perDifficulty }),
  };
}

const product = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a * b;

/**
 * Shares and difficulty accepted between two looks; shares are absent where only the difficulty was told. A counter that fell began anew with the device: all it shows is new.
 * @returns undefined for the first look, after a long absence, and where a count is missing at either look
 */
export function workBetween(
  before: WorkCount | undefined,
  now: WorkRead,
): { shares?: number; difficulty: number } | undefined {
  if (!before || now.atMs < before.atMs || now.atMs - before.atMs > LONGEST_GAP_MS) return undefined;
  const grown = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : to >= from ? to - from : to;
  const shares = grown(before.shares, now.shares);
  const difficulty = grown(before.difficulty, now.difficulty) ?? product(shares, now.shareDifficulty);
  if (difficulty === undefined) return undefined;
  return { ...(shares === undefined ? {} : { shares }), difficulty };
}
