import { describe, expect, test } from 'vitest';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { calendarYear, YEAR_MINUTES } from '#engine/planner/calendar-year.ts';
import { catalogueLoad } from '#engine/planner/catalogue.ts';
import { advance, command, createDevice } from '#engine/planner/device.ts';
import { rowModel } from '#engine/planner/load-row.ts';
import { balance, emptyBalance, store } from '#engine/planner/plant.ts';
import { diffuseShare } from '#engine/planner/pv.ts';
import { flareW, hydroW } from '#engine/planner/steady.ts';
import { geothermal } from '#engine/planner/stories/regions.ts';
import { gas, hydro } from '#engine/planner/stories/off-the-line.ts';
import type { StoryParts } from '#engine/planner/stories/common.ts';
import { wind } from '#engine/planner/stories/surplus-off-peak.ts';
import { sunYear } from '#engine/planner/sun.ts';
import { weatherYear } from '#engine/planner/weather.ts';
import { gamma, powerCurve, windSpeeds } from '#engine/planner/wind.ts';
import type { SourceOf } from '#shared/plan.ts';

const source = <K extends SourceOf<'pv'>['kind'] | 'wind' | 'hydro' | 'flare' | 'geothermal'>(
  story: StoryParts,
  _kind: K,
) => story.plan(bundledSnapshot).sources[0] as SourceOf<K>;

describe('by hand', () => {
  test('hydro: 1000 kg/m³ × 9.80665 m/s² × 0.10 m³/s × 22 m × 75 % = 16,181 W', () => {
    const turbine = source(hydro, 'hydro');
    // 0.13 m³/s in the river, of which 0.03 stay.
    expect(hydroW(turbine, 0.13)).toBeCloseTo(16_180.97, 1);
    expect(hydroW(turbine, 0.05)).toBe(0);
    expect(hydroW(turbine, 10)).toBe(30_000);
  });

  test('gas: 65 m³/h × 11 kWh/m³ × 34 % = 243.1 kW; below 30 % of 250 kW it stands still', () => {
    const engine = source(gas, 'flare');
    expect(flareW(engine, 65)).toBeCloseTo(243_100, 6);
    expect(flareW(engine, 80)).toBe(250_000);
    expect(flareW(engine, 20)).toBe(0); // 74.8 kW
  });

  test('wind: its table on straight lines, nothing outside cut-in and cut-out; cubic without a table', () => {
    const turbine = source(wind, 'wind');
    const power = powerCurve(turbine);
    expect([2.9, 5.5, 12, 25].map(power)).toEqual([0, 790, 5200, 0]);
    const { curve: _curve, ...bare } = turbine;
    // (6³ − 3³) / (11³ − 3³) of 5200 W
    expect(powerCurve(bare)(6)).toBeCloseTo((5200 * 189) / 1304, 6);
    expect(gamma(1.5)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 12);
  });

  test('sun: at the summer solstice over 48.1° north it stands 65.3° high at noon', () => {
    const year = calendarYear('Europe/Berlin');
    const sun = sunYear(year, 48.1, 11.6);
    const day = Math.round((Date.UTC(2027, 5, 21) - Date.UTC(2027, 0, 1)) / 86_400_000);
    const heights = sun.height.slice(day * 1440, (day + 1) * 1440);
    const highest = heights.reduce((most, height) => Math.max(most, height), 0);
    expect((Math.asin(highest) * 180) / Math.PI).toBeCloseTo(90 - 48.1 + 23.44, 1);
  });

  test('Erbs: nearly all light is diffuse under a dull sky, a sixth under a clear one', () => {
    expect(diffuseShare(0.1)).toBeCloseTo(0.991, 6);
    expect(diffuseShare(0.5)).toBeCloseTo(0.9511 - 0.0802 + 1.097 - 2.07975 + 0.771, 5);
    expect(diffuseShare(0.81)).toBe(0.165);
  });
});

describe('a battery of 10 kWh, 95 % each way', () => {
  const spec = {
    offGrid: false,
    exportLimitW: 1000,
    battery: { capacityWh: 10_000, maxChargeW: 5000, maxDischargeW: 5000, efficiency: 0.95, floorPercent: 10 },
  };
  test('takes what house and miner leave, then the grid its limit; the rest is held back', () => {
    const out = balance(spec, { storedWh: 5000 }, 9000, 500, 1000, 1 / 60, emptyBalance());
    expect(out).toMatchObject({ chargeW: 5000, exportW: 1000, productionW: 7500, importW: 0, held: true });
  });
  test('an hour of 1 kW in and as much out as there is loses a tenth', () => {
    const state = { storedWh: 1000 };
    const out = emptyBalance();
    for (let i = 0; i < 60; i += 1) store(spec, state, balance(spec, state, 1000, 0, 0, 1 / 60, out), 1 / 60);
    expect(state.storedWh).toBeCloseTo(1950, 6);
    let givenWh = 0;
    for (let i = 0; i < 120; i += 1) {
      balance(spec, state, 0, 1000, 0, 1 / 60, out);
      givenWh += out.dischargeW / 60;
      store(spec, state, out, 1 / 60);
    }
    expect(givenWh).toBeCloseTo(902.5, 6);
    expect(state.storedWh).toBeCloseTo(1000, 6);
  });
  test('an island sheds its loads before its demand', () => {
    const island = { ...spec, offGrid: true };
    const out = balance(island, { storedWh: 1000 }, 800, 500, 1000, 1 / 60, emptyBalance());
    expect(out).toMatchObject({ drawW: 300, unservedW: 0, importW: 0, exportW: 0 });
    expect(balance(island, { storedWh: 1000 }, 300, 500, 1000, 1 / 60, out)).toMatchObject({
      drawW: 0,
      unservedW: 200,
    });
  });
});

describe('a miner of 944 to 3068 W over the minutes', () => {
  const { model } = catalogueLoad('s19j-pro');
  test('starts for 90 s at 150 W without hashing, then climbs at 15 W/s', () => {
    const miner = createDevice(model);
    expect(command(miner, 3068)).toBe(true);
    advance(miner, 60);
    expect(miner).toMatchObject({ meanDrawW: 150, meanThs: 0 });
    advance(miner, 60);
    // 30 s at 150 W, 30 s from 150 to 600 W: still below what it needs to hash.
    expect(miner.meanDrawW).toBeCloseTo((30 * 150 + 30 * 375) / 60, 6);
    expect(miner).toMatchObject({ drawW: 600, meanThs: 0 });
    advance(miner, 60);
    // 600 to 1500 W; it hashes from 944 W on, 22.93 s later.
    const hashS = 60 - (944 - 600) / 15;
    const meanW = (944 + 1500) / 2;
    expect(miner.meanThs).toBeCloseTo(((36 + ((meanW - 944) / 656) * 26) * hashS) / 60, 6);
  });
  test('eleven of them are one load that begins at the least of one', () => {
    const row = rowModel({ ...catalogueLoad('s19j-pro'), count: 11 });
    expect(row.levels).toMatchObject({ minW: 944, maxW: 11 * 3068 });
    expect(row.curve.at(-1)).toEqual({ drawW: 11 * 3068, hashrateThs: 11 * 104 });
    expect(row.curve[1]).toEqual({ drawW: 11 * 944, hashrateThs: 11 * 36 });
  });
});

test('the same seed is the same year, another is another', () => {
  const plan = wind.plan(bundledSnapshot);
  const year = calendarYear(plan.timeZone);
  const [first, again, other] = [1, 1, 2].map((seed) => weatherYear(plan, year, seed));
  expect(again).toEqual(first);
  expect(other!.potentialW).not.toEqual(first!.potentialW);
});

test('wind has the mean its months say, and blows through more than minutes', () => {
  const turbine = source(wind, 'wind');
  const year = calendarYear('Europe/Dublin');
  const means = [1, 2, 3, 4].map(
    (seed) => windSpeeds(turbine, year, seed).reduce((sum, mps) => sum + mps, 0) / YEAR_MINUTES,
  );
  const wanted = turbine.meanMps.reduce((sum, mps) => sum + mps, 0) / 12;
  expect(means.reduce((sum, mps) => sum + mps, 0) / 4 / wanted).toBeCloseTo(1, 1);
});

test('geothermal stands still as long as it says', () => {
  const plan = geothermal.plan(bundledSnapshot);
  const year = calendarYear(plan.timeZone);
  const running = [1, 2, 3, 4, 5, 6].map(
    (seed) => weatherYear(plan, year, seed).potentialW.filter((watts) => watts > 0).length,
  );
  const share = running.reduce((sum, minutes) => sum + minutes, 0) / (6 * YEAR_MINUTES);
  expect(share).toBeGreaterThan(0.89);
  expect(share).toBeLessThan(0.97);
});
