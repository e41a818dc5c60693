import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originKeys, splitDraw, type Instant, type OriginW } from '#engine/accounting/counterfactual.ts';

const at = (over: Partial<Instant>): Instant => ({
  drawW: 1000,
  importW: 0,
  exportW: 0,
  dischargeW: 0,
  chargeRoomW: 0,
  exportRoomW: Infinity,
  allowanceW: 0,
  boost: false,
  exportPriceNegative: false,
  ...over,
});

const parts = (split: OriginW) => Object.fromEntries(Object.entries(split).filter(([, value]) => value > 0));

describe('splitDraw', () => {
  const table: [string, Partial<Instant>, Record<string, number>][] = [
    ['free export takes everything', {}, { forgoneExport: 1000 }],
    ['import comes first', { importW: 300 }, { gridFed: 300, forgoneExport: 700 }],
    ['import beyond the draw is demand', { importW: 5000 }, { gridFed: 1000 }],
    [
      'an allowance before grid-fed',
      { importW: 300, allowanceW: 200 },
      { contracted: 200, gridFed: 100, forgoneExport: 700 },
    ],
    ['a boost has its own name', { importW: 300, boost: true }, { boostFed: 300, forgoneExport: 700 }],
    ['then the battery', { importW: 100, dischargeW: 400 }, { gridFed: 100, batteryFed: 400, forgoneExport: 500 }],
    ['then what it would have stored', { chargeRoomW: 600 }, { deferredCharge: 600, forgoneExport: 400 }],
    ['export up to its limit, the rest is lost', { exportRoomW: 250 }, { forgoneExport: 250, avoidedCurtailment: 750 }],
    ['zero export', { exportRoomW: 0 }, { avoidedCurtailment: 1000 }],
    ['a negative price', { exportPriceNegative: true }, { avoidedPaidExport: 1000 }],
    ['no meter, no proof', { importW: undefined }, { unproven: 1000 }],
    ['import known, battery not', { importW: 200, dischargeW: undefined }, { gridFed: 200, unproven: 800 }],
  ];
  it.each(table)('%s', (_, over, expected) => expect(parts(splitDraw(at(over)))).toEqual(expected));

  it('always sums to the draw', () => {
    const power = fc.double({ min: 0, max: 20_000, noNaN: true });
    const instant = fc.record({
      drawW: power,
      importW: fc.option(power, { nil: undefined }),
      exportW: fc.option(power, { nil: undefined }),
      dischargeW: fc.option(power, { nil: undefined }),
      chargeRoomW: power,
      exportRoomW: fc.oneof(power, fc.constant(Infinity)),
      allowanceW: power,
      boost: fc.boolean(),
      exportPriceNegative: fc.boolean(),
    });
    fc.assert(
      fc.property(instant, (given) => {
        const split = splitDraw(given);
        expect(originKeys.reduce((sum, key) => sum + split[key], 0)).toBeCloseTo(given.drawW, 6);
        for (const key of originKeys) expect(split[key]).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
