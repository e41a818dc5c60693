import { describe, expect, test } from 'vitest';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { calendarYear } from '#engine/planner/calendar-year.ts';
import { pvYear } from '#engine/planner/pv.ts';
import { simulateYear } from '#engine/planner/simulate.ts';
import { idle } from '#engine/planner/stories/off-the-line.ts';
import { solar } from '#engine/planner/stories/surplus-off-peak.ts';
import type { PlanYear } from '#shared/plan-result.ts';
import type { Plan, SourceOf } from '#shared/plan.ts';

const MWH_PER_KWH = 1e6;

function wholeYear(plan: Plan): PlanYear {
  const running = simulateYear(plan, plan.seed);
  let step = running.next();
  while (!step.done) step = running.next();
  return step.value;
}

/**
 * 10 kWp, 30° to the south, 48.1° north, noon of the summer solstice, a sky as clear as it gets (1.02 of Haurwitz):
 * height 90 − 48.1 + 23.44 = 65.3°, its sine 0.909. Haurwitz: 1098 × 0.909 × exp(−0.057 / 0.909) = 937, clear 956 W/m². Top of
 * the atmosphere: 1361 × (1 − 0.0325) × 0.909 = 1197, clearness 0.80, diffuse share 0.165: 158 diffuse, 798 direct. Angle
 * to the panel 30 − 24.7 = 5.3°: direct × 0.9957 / 0.909 = 874; diffuse × (0.667 × 1.0954 + 0.333 × 0.933) = 165; ground 0.2 × 956 × 0.067 = 13:
 * 1052 W/m². Cells: 22 + 1052 × 25 / 800 = 54.9 °C, 10.5 % less. 10 kWp × 1.052 × 0.86 × 0.895 = 8.1 kW.
 */
test('solar at midday: 8.1 kW at the noon of a clear midsummer', () => {
  const { sources, latitude, longitude, timeZone } = solar.plan(bundledSnapshot);
  const panels = { ...(sources[0] as SourceOf<'pv'>), clearness: Array.from({ length: 12 }, () => 0.95) };
  const year = calendarYear(timeZone);
  const day = Math.round((Date.UTC(2027, 5, 21) - Date.UTC(2027, 0, 1)) / 86_400_000);
  // The sun is in the south at 13:15 of the clocks of Munich; both sides of it are alike.
  const noons = [1, 2, 3, 4, 5].map((seed) => {
    const powerW = pvYear(panels, { latitude, longitude }, year, seed);
    return Math.max(...powerW.slice(day * 1440 + 660, day * 1440 + 780));
  });
  expect(Math.max(...noons)).toBeGreaterThan(7900);
  expect(Math.max(...noons)).toBeLessThan(8300);
  expect(pvYear(panels, { latitude, longitude }, year, 1)[day * 1440]).toBe(0);
});

/**
 * 2027 begins and ends on a Friday: 261 weekdays, 104 days of weekends, 209 mornings after an evening at work (Tuesday to Friday). Idle are
 * 2 h of each evening, 5 h of each such morning, and the weekends: 261 × 2 + 209 × 5 + 104 × 24 = 4063 h. Eleven miners of 3500 W fit into
 * the contracted 40 kW: 38.5 kW × 4063 h = 156.4 MWh. Standing by they draw 11 × 15 W for the other 4697 h: 775 kWh. A start in each of 261
 * evenings misses some five minutes of full power: 0.5 %.
 */
describe('idle industry: nobody works, the contract goes on', () => {
  const plan: Plan = { ...idle.plan(bundledSnapshot), demand: { kind: 'none' } };
  const year = wholeYear(plan);
  const kwh = (mwh: number) => mwh / MWH_PER_KWH;
  const idleKwh = 38.5 * 4063;
  const standbyKwh = 0.165 * 4697;
  // 60 s down from full power at 1.1 kW/s when work begins: 11.3 kWmin.
  const lateKwh = (261 * (11_298 - 165)) / 60 / 1000;

  test('the miners draw 38.5 kW for 4063 h and stand by for the rest', () => {
    expect(kwh(year.mining.draw)).toBeLessThan(idleKwh + standbyKwh + lateKwh);
    expect(kwh(year.mining.draw)).toBeGreaterThan(0.994 * (idleKwh + standbyKwh));
    expect(Math.abs(year.runningHours - 4063)).toBeLessThan(10);
    // And once at the year's first minute, in the night of a Thursday.
    expect(year.starts).toBe(261 + 1);
  });

  test('idle kWh are bought at 0.06 and called contracted, never surplus; standing by costs 0.16', () => {
    const atNightKwh = kwh(year.mining.draw) - standbyKwh - lateKwh;
    const cost = 0.06 * atNightKwh + 0.16 * (standbyKwh + lateKwh);
    expect(Math.abs(year.mining.energyCostMicro / 1e6 / cost - 1)).toBeLessThan(0.001);
    expect(Math.abs(kwh(year.origin.contracted) / atNightKwh - 1)).toBeLessThan(0.001);
    expect(year.usual).toMatchObject({ draw: 0, import: 0, energyCostMicro: 0 });
  });
});
