import { describe, expect, test } from 'vitest';
import { loadSet } from '../bench/control/loads.ts';
import { addSecond, figuresOf, idealW, noSums } from '../bench/control/metrics.ts';
import type { Flows } from '../bench/control/plant.ts';
import { siteFor } from '../bench/control/sites.ts';
import { traceOf } from './support.ts';

const trace = traceOf(10, () => 5000);
const tally = { idealWh: 1000, starts: 3, writes: 40, unservedBeforeWh: 0 };

function flowsOf(part: Partial<Flows>): Flows {
  return {
    potentialW: 0,
    productionW: 0,
    demandW: 0,
    importW: 0,
    exportW: 0,
    chargeW: 0,
    dischargeW: 0,
    unservedDemandW: 0,
    unservedDrawW: 0,
    chargeableW: 0,
    socPercent: 50,
    ...part,
  };
}

function summed(
  site: 'S1' | 'S4' | 'S5' | 'S6',
  seconds: readonly { flows: Partial<Flows>; drawW: number; miningW: number; times: number }[],
) {
  const sums = noSums();
  for (const { flows, drawW, miningW, times } of seconds)
    for (let time = 0; time < times; time++) addSecond(sums, siteFor(site, trace), flowsOf(flows), drawW, miningW);
  return sums;
}

test('a day worked by hand: 900 Wh hashed, 18 of them from the grid, and 2 Wh from the grid while starting', () => {
  const sums = summed('S1', [
    // 882 Wh clean: 1,000 W over 3,175.2 s; here 882 s at 3,600 W.
    { flows: { potentialW: 5000, productionW: 5000, exportW: 1400 }, drawW: 3600, miningW: 3600, times: 882 },
    // 18 s at 3,600 W, wholly from the grid beside a demand of 400 W.
    { flows: { importW: 4000, demandW: 400 }, drawW: 3600, miningW: 3600, times: 18 },
    // 72 s of starting at 150 W, 100 W of them from the grid.
    { flows: { importW: 100, productionW: 50 }, drawW: 150, miningW: 0, times: 72 },
  ]);
  expect(sums.minedWh).toBeCloseTo(900, 6);
  expect(sums.gridFedWh).toBeCloseTo(20, 6);
  expect(sums.plantFedWh).toBeCloseTo(882, 6);
  const figures = figuresOf(sums, tally);
  expect(figures.capturedPercent).toBeCloseTo(88.2, 6);
  expect(figures.importPercent).toBeCloseTo((100 * 20) / 900, 6);
  expect(figures.strictScore).toBeCloseTo(88.2 - 20, 6);
  expect(figures.startsPerDay).toBe(3);
  expect(figures.writesPerDay).toBe(40);
});

describe('with a battery', () => {
  test('discharge up to the draw is battery-fed, after the grid', () => {
    const sums = summed('S4', [
      { flows: { importW: 200, dischargeW: 5000, demandW: 4200 }, drawW: 1000, miningW: 1000, times: 3600 },
    ]);
    expect(sums).toMatchObject({
      gridFedWh: expect.closeTo(200),
      batteryFedWh: expect.closeTo(800),
      plantFedWh: expect.closeTo(0),
    });
    expect(figuresOf(sums, tally).batteryFedPercent).toBeCloseTo(80, 6);
  });

  test('draw while the battery could have charged more is counted as taken from its charge', () => {
    const flows = { potentialW: 4000, productionW: 4000, demandW: 500, chargeableW: 5000, chargeW: 1500 };
    const sums = summed('S4', [{ flows, drawW: 2000, miningW: 2000, times: 3600 }]);
    expect(sums).toMatchObject({ chargeTakenWh: expect.closeTo(2000), plantFedWh: expect.closeTo(2000) });
  });

  test('each time the loads draw on a battery at its floor is one crossing', () => {
    const low = { socPercent: 10, demandW: 300, importW: 1300 };
    const off = { drawW: 0, miningW: 0, times: 5 };
    const sums = summed('S4', [
      { flows: low, drawW: 1000, miningW: 1000, times: 5 },
      { flows: low, ...off },
      { flows: low, drawW: 1000, miningW: 1000, times: 5 },
      { flows: { ...low, productionW: 2000 }, drawW: 1000, miningW: 1000, times: 5 },
    ]);
    expect(sums.floorCrossings).toBe(2);
  });
});

test('off-grid only what the loads cause is unserved', () => {
  const sums = summed('S5', [{ flows: { demandW: 500, unservedDemandW: 100 }, drawW: 0, miningW: 0, times: 3600 }]);
  expect(figuresOf(sums, { ...tally, unservedBeforeWh: 60 }).unservedWh).toBeCloseTo(40, 6);
  expect(figuresOf(sums, { ...tally, unservedBeforeWh: 100 }).unservedWh).toBeCloseTo(0, 6);
});

test('grid energy counts for the lost meter only while it is lost', () => {
  const part = { flows: { importW: 1000 }, drawW: 1000, miningW: 1000 };
  const sums = summed('S6', [
    { ...part, times: 12 * 3600 },
    { ...part, times: 3 * 3600 },
    { ...part, times: 3600 },
  ]);
  expect(sums.lostMeterWh).toBeCloseTo(3000, 6);
});

test.each([
  ['L1', 900, 0],
  ['L1', 944, 944],
  ['L1', 2000.5, 2000.5],
  ['L1', 9000, 3050],
  ['L2', 1200, 800],
  ['L3', -50, 0],
  ['L3', 20, 18],
] as const)('ideal mining of %s takes of %d W left over %d W', (set, availableW, watts) => {
  expect(idealW(loadSet(set), availableW)).toBe(watts);
});
