import { describe, expect, test } from 'vitest';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { futuresOf } from '#engine/planner/futures.ts';
import { simulateYear } from '#engine/planner/simulate.ts';
import { stories } from '#engine/planner/stories/all.ts';
import type { Side } from '#shared/plan-result.ts';

const originSum = (origin: Record<string, number>) => Object.values(origin).reduce((sum, part) => sum + part, 0);

describe.each(stories(bundledSnapshot).map((story) => [story.id, story] as const))('%s', (_id, { plan, surplus }) => {
  const running = simulateYear(plan, plan.seed);
  let step = running.next();
  while (!step.done) step = running.next();
  const year = step.value;
  const money = futuresOf(plan, [year], 200);

  // Each figure is rounded once a month: 12 months × 10 figures of half a mWh.
  test.each([
    ['usual', year.usual],
    ['mining', year.mining],
  ] as const)('%s: energy in is energy out', (_side, side: Side) => {
    const into = side.production + side.import + side.discharge;
    const out = side.demand + side.draw + side.export + side.charge - side.unserved;
    expect(Math.abs(into - out)).toBeLessThanOrEqual(120);
    expect(Math.abs(side.potential - side.production - side.lost)).toBeLessThanOrEqual(36);
  });

  test("what the loads drew is what the ledger shares out, to the ledger's rounding", () => {
    const { draw } = year.mining;
    // 105,120 slots round to half a mWh for each load.
    expect(Math.abs(originSum(year.origin) - draw)).toBeLessThanOrEqual(60_000 * plan.loads.length);
    expect(year.byLoad.reduce((sum, load) => sum + load.draw, 0)).toBe(originSum(year.origin));
    expect(year.origin.unproven).toBe(0);
  });

  test('the plant makes the same in both, mining never loses more, and surplus is never called bought', () => {
    expect(year.mining.potential).toBe(year.usual.potential);
    expect(year.mining.demand).toBe(year.usual.demand);
    expect(year.mining.lost).toBeLessThanOrEqual(year.usual.lost);
    if (surplus) expect(year.origin.contracted).toBe(0);
    else expect(year.origin.contracted).toBeGreaterThan(0.9 * year.mining.draw);
    if (surplus) expect(year.origin.gridFed).toBeLessThan(0.06 * year.mining.draw + 20e6);
  });

  test('months sum to the year', () => {
    expect(year.months).toHaveLength(12);
    for (const key of ['production', 'draw', 'export', 'import'] as const)
      expect(year.months.reduce((sum, { mining }) => sum + mining[key], 0)).toBe(year.mining[key]);
    expect(year.months.reduce((sum, { earnings }) => sum + (earnings.minedMicro ?? 0), 0)).toBe(
      year.earnings.minedMicro,
    );
  });

  test('money: the parts sum to what the ledger says, with heat, fuel, upkeep and repairs', () => {
    const part = (id: string) => money.parts.find((each) => each.id === id)!.micro;
    const ledger = ['mined', 'forgone-export', 'import', 'battery', 'paid-export'].reduce(
      (sum, id) => sum + part(id),
      0,
    );
    expect(ledger).toBe(year.earnings.earningsMicro);
    expect(part('fuel')).toBe(year.fuelCostMicro === 0 ? 0 : -year.fuelCostMicro);
    expect(money.fan[0]!.p50).toBe(-money.capitalMicro / 1e6);
    for (const { p10, p50, p90 } of money.fan) expect(p10 <= p50 && p50 <= p90).toBe(true);
  });

  test('the export limit and the months of the year hold', () => {
    expect(year.steadiness.mining.peakExportW).toBeLessThanOrEqual((plan.grid.exportLimitW ?? Infinity) + 1e-6);
    expect(year.endMs - year.startMs).toBe(365 * 86_400_000);
  });
});
