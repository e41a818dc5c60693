import { describe, expect, it } from 'vitest';
import { BALANCE_MS, balancedMs, sumOf, withSum, type BalanceWindow } from '#engine/devices/balance.ts';
import { trendStep, type BatteryTrend } from '#engine/devices/battery-trend.ts';

/** @returns the verdict of a battery and the second it came at */
function verdictOf(netChargeW: (second: number) => number | undefined, soc: (second: number) => number | undefined) {
  let trend: BatteryTrend | undefined;
  for (let second = 0; second < 1800; second += 1) {
    const next = trendStep(trend, second * 1000, netChargeW(second), soc(second));
    if (next.verdict) return [next.verdict, second];
    trend = next.trend;
  }
  return undefined;
}

describe('a battery against its state of charge', () => {
  it.each<[string, Parameters<typeof verdictOf>[0], Parameters<typeof verdictOf>[1], unknown]>([
    ['charges and rises', () => 2000, (s) => 50 + Math.floor(s / 200), ['right', 200]],
    ['discharges and falls', () => -2000, (s) => 50 - Math.floor(s / 200), ['right', 200]],
    ['says that it charges, and falls', () => 2000, (s) => 50 - Math.floor(s / 200), ['swapped', 200]],
    ['says that it discharges, and rises', () => -900, (s) => 50 + s / 1000, ['swapped', 1060]],
    ['rests', () => 40, (s) => 50 + s / 100, undefined],
    ['changes its mind every two minutes', (s) => (s % 240 < 120 ? 900 : -900), (s) => 50 + s / 100, undefined],
    ['follows late: the first percent belongs to before', () => -900, (s) => (s < 50 ? 50 : 51), undefined],
    ['is silent now and then', (s) => (s % 60 === 0 ? undefined : 900), (s) => 50 + s / 100, undefined],
  ])('%s', (_, netChargeW, soc, verdict) => {
    expect(verdictOf(netChargeW, soc)).toEqual(verdict);
  });
});

const at = (value: number) => ({ value, atMs: 0 });

describe('the sum of the readings', () => {
  it('tolerates 100 W or 5 % of the largest flow, and no reading that is missing', () => {
    const snapshot = { production: at(4000), import: at(0), export: at(500), demand: at(3500) };
    expect(sumOf(snapshot, 190)).toEqual({ residualW: 190, toleranceW: 200, ok: true });
    expect(sumOf(snapshot, -230)).toEqual({ residualW: 230, toleranceW: 200, ok: false });
    expect(sumOf({ production: at(400), demand: at(300) }, 99).ok).toBe(true);
    expect(sumOf({ production: at(4000) }, 0)).toEqual({ toleranceW: 200, ok: false });
    expect(sumOf(snapshot, undefined).ok).toBe(false);
  });

  it.each<[string, (second: number) => boolean, number]>([
    ['adds up all the time', () => true, BALANCE_MS],
    ['one reading in twenty is beside', (s) => s % 20 !== 5, BALANCE_MS],
    ['never adds up', () => false, 0],
    ['does not add up now', (s) => s !== 90, 0],
    ['adds up since 30 s', (s) => s > 60, 30_000],
  ])('%s', (_, ok, expected) => {
    let window: BalanceWindow = [];
    for (let second = 0; second <= 90; second += 1)
      window = withSum(window, second * 1000, { toleranceW: 100, ok: ok(second) });
    expect(Math.abs(balancedMs(window) - expected)).toBeLessThanOrEqual(5000);
    expect(window.length).toBeLessThanOrEqual(62);
  });

  it('is not proven by a few readings of slow devices', () => {
    let window: BalanceWindow = [];
    for (let second = 0; second <= 300; second += 15)
      window = withSum(window, second * 1000, { toleranceW: 100, ok: true });
    expect(balancedMs(window)).toBeLessThan(BALANCE_MS);
  });
});
