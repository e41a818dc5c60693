import type { LoadModel, MarketNow } from '#shared/control.ts';
import type { Earnings } from '#shared/ledger.ts';

const GENESIS_SUBSIDY_SAT = 5_000_000_000n;
const BLOCKS_PER_HALVING = 210_000;
/** A share of difficulty 1 stands for so many hashes on average. */
export const HASHES_PER_DIFFICULTY = 2 ** 32;
export const HASHES_PER_TH_HOUR = 3600e12;

/** Sats a block creates: halved by integer division, as Bitcoin Core's GetBlockSubsidy does (0 from 64 halvings on). */
export function subsidySat(height: number): number {
  const halvings = Math.floor(height / BLOCKS_PER_HALVING);
  return halvings >= 64 ? 0 : Number(GENESIS_SUBSIDY_SAT / 2n ** BigInt(halvings));
}

/** Expected sats for 1 TH/s during one hour, before pool fee. */
export function satsPerThHour(network: { height: number; difficulty: number; feesPerBlockSat: number }): number {
  const rewardSat = subsidySat(network.height) + network.feesPerBlockSat;
  return (HASHES_PER_TH_HOUR * rewardSat) / (network.difficulty * HASHES_PER_DIFFICULTY);
}

/** Sats that shares of that summed difficulty bring on average, before pool fee: each stands for d × 2³² hashes. */
export function expectedSats(
  acceptedDifficulty: number,
  network: { height: number; difficulty: number; feesPerBlockSat: number },
): number {
  return (acceptedDifficulty / network.difficulty) * (subsidySat(network.height) + network.feesPerBlockSat);
}

/** Chance of at least one block for work of that difficulty, 0..1: what solo mining shows instead of income. */
export const soloProbability = (acceptedDifficulty: number, networkDifficulty: number): number =>
  -Math.expm1(-acceptedDifficulty / networkDifficulty);

/**
 * What a load makes just now: sats per hour and currency per hour. Absent: unknown.
 * @param hashrateThs as told, or from its curve
 */
export function valueOf(
  load: LoadModel,
  drawW: number,
  hashrateThs: number | undefined,
  market: MarketNow,
): { satsPerHour?: number; moneyPerHour?: number } {
  if (drawW === 0 && !hashrateThs)
    return load.kind === 'miner' ? { satsPerHour: 0, moneyPerHour: 0 } : { moneyPerHour: 0 };
  if (load.kind !== 'miner') {
    return load.valuePerKwh === undefined ? {} : { moneyPerHour: (load.valuePerKwh * drawW) / 1000 };
  }
  if (hashrateThs === undefined || market.satsPerThHour === undefined) return {};
  const satsPerHour = hashrateThs * market.satsPerThHour * (1 - market.poolFee);
  return market.pricePerSat === undefined
    ? { satsPerHour }
    : { satsPerHour, moneyPerHour: satsPerHour * market.pricePerSat };
}

/** Closes the sum; absent as soon as one part is. */
export function withEarnings(parts: Omit<Earnings, 'earningsMicro'>): Earnings {
  const { minedMicro, forgoneExportMicro, importCostMicro, batteryCostMicro, paidExportAvoidedMicro } = parts;
  if (
    minedMicro === undefined ||
    forgoneExportMicro === undefined ||
    importCostMicro === undefined ||
    batteryCostMicro === undefined ||
    paidExportAvoidedMicro === undefined
  ) {
    return parts;
  }
  const earningsMicro = minedMicro - forgoneExportMicro - importCostMicro - batteryCostMicro + paidExportAvoidedMicro;
  return { ...parts, earningsMicro };
}
