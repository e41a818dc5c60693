import { describe, expect, it } from 'vitest';
import { expectedSats, satsPerThHour, soloProbability, subsidySat } from '#engine/accounting/earnings.ts';

describe('subsidySat', () => {
  it.each([
    [0, 5_000_000_000],
    [209_999, 5_000_000_000],
    [210_000, 2_500_000_000],
    [839_999, 625_000_000],
    [840_000, 312_500_000],
    [1_049_999, 312_500_000],
    [1_050_000, 156_250_000],
    // Tenth halving: 5e9 / 1024 = 4,882,812.5 → the half sat is cut off. A 32-bit shift of 5e9 would give nonsense.
    [2_100_000, 4_882_812],
    [6_929_999, 1],
    [6_930_000, 0],
    [13_440_000, 0],
  ])('at height %i', (height, sats) => expect(subsidySat(height)).toBe(sats));
});

describe('earnings', () => {
  const june = { height: 952_000, difficulty: 124.93e12, feesPerBlockSat: 1_543_887 };

  it('pays one block reward for the work of one block', () => {
    // Work of one block: D × 2^32 hashes = 124.93e12 × 4,294,967,296 = 5.3657e23; at 1 PH/s (1000 TH/s) that takes
    // 5.3657e23 / 1e15 / 3600 = 149,047 h; and 149,047 h × 1000 TH/s × sats per TH·h must be 312,500,000 + 1,543,887.
    const hours = (124.93e12 * 2 ** 32) / 1e15 / 3600;
    expect(hours).toBeCloseTo(149_047, -1);
    expect(hours * 1000 * satsPerThHour(june)).toBeCloseTo(314_043_887, 3);
  });

  it('halves at the border and not a block earlier', () => {
    const before = satsPerThHour({ ...june, height: 1_049_999, feesPerBlockSat: 0 });
    const after = satsPerThHour({ ...june, height: 1_050_000, feesPerBlockSat: 0 });
    expect(before / after).toBe(2);
    // Fees are not halved: (312.5 + 1.543887) / (156.25 + 1.543887) = 1.9902
    const withFees = satsPerThHour({ ...june, height: 1_049_999 }) / satsPerThHour({ ...june, height: 1_050_000 });
    expect(withFees).toBeCloseTo(1.9902, 4);
  });

  it('gives the hash value of miners.md section 4', () => {
    // 20 J/TH: 1 kWh = 3.6e6 J = 180,000 TH = 50 TH/s for one hour → 50 × 2.107 = 105 sats.
    expect(50 * satsPerThHour(june)).toBeCloseTo(105, 0);
  });

  it('counts shares', () => {
    // 1e9 of 124.93e12 is 8.0045e-6 of a block's 314,043,887 sats = 2513.8 sats.
    expect(expectedSats(1e9, june)).toBeCloseTo(2513.8, 1);
  });

  it('shows solo mining as a chance', () => {
    // Small work: p ≈ Σd / D; as much as one block: 1 − 1/e.
    expect(soloProbability(124.93e6, 124.93e12)).toBeCloseTo(1e-6, 11);
    expect(soloProbability(124.93e12, 124.93e12)).toBeCloseTo(0.632121, 6);
  });
});
