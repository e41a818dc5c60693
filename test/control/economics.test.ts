import { describe, expect, it } from 'vitest';
import { judgeWorth, valuePerKwh, worthwhileW } from '#engine/control/economics.ts';
import { asic, market, settings } from './site.ts';

/** 1 TH/s earns 0.002 an hour: 0.11 per kWh at 900 W, 0.10 over the next step, 0.06 over the last. */
const miner = asic({
  curve: [
    { drawW: 900, hashrateThs: 49.5 },
    { drawW: 1900, hashrateThs: 99.5 },
    { drawW: 2900, hashrateThs: 129.5 },
  ],
});
const prices = (exportPerKwh: number) => market({ satsPerThHour: 2, pricePerSat: 0.001, poolFee: 0, exportPerKwh });
const worthW = (exportPerKwh: number, setpointW = 0): number =>
  worthwhileW(miner, 'export', settings(), prices(exportPerKwh), setpointW);

describe('what a kWh is worth', () => {
  it('is taken at the best point of the curve', () => {
    expect(valuePerKwh(miner, prices(0.03))).toBeCloseTo(0.11, 6);
    expect(judgeWorth(miner, 'export', settings(), prices(0.105), false).run).toBe(true);
    expect(judgeWorth(miner, 'export', settings(), prices(0.115), false).run).toBe(false);
  });

  it('falls along the curve: the last watts give way first', () => {
    expect(worthW(0.03)).toBe(Infinity);
    expect(worthW(0.07)).toBe(1900);
    expect(worthW(0.105)).toBe(900);
  });

  it('keeps what runs while the price is at the edge', () => {
    expect(worthW(0.061)).toBe(1900);
    expect(worthW(0.061, 2500)).toBe(Infinity);
    expect(worthW(0.064, 2500)).toBe(1900);
  });

  it('counts the margin and the heat, and nothing without prices', () => {
    expect(worthwhileW(miner, 'export', settings({ marginPerKwh: 0.04 }), prices(0.03), 0)).toBe(1900);
    expect(worthwhileW({ ...miner, bonusPerKwh: 0.05 }, 'export', settings(), prices(0.07), 0)).toBe(Infinity);
    expect(worthwhileW(miner, 'export', settings(), market({ fresh: false }), 0)).toBe(Infinity);
    expect(worthwhileW(miner, 'lost', settings(), prices(0.3), 0)).toBe(Infinity);
  });

  it('unknown, leaves it to the owner', () => {
    const blind = market({ fresh: false });
    expect(judgeWorth(miner, 'export', settings(), blind, false)).toMatchObject({ run: false, blind: true });
    expect(judgeWorth(miner, 'lost', settings(), blind, false)).toMatchObject({ run: true, blind: false });
    expect(judgeWorth(miner, 'export', settings({ withoutMarket: 'all-surplus' }), blind, false).run).toBe(true);
  });
});
