import type { Plan } from '#shared/plan.ts';
import { calendarYear, YEAR_MINUTES } from '#engine/planner/calendar-year.ts';
import { createRun } from '#engine/planner/run-year.ts';
import { sceneOf } from '#engine/planner/scene.ts';
import { weatherYear } from '#engine/planner/weather.ts';
import { DAY_MINUTES, openSolver, optimum, type DayProblem } from './optimum.ts';

/**
 * What mining earns on the simulated year with the shipped controller, against what perfect foresight would have earned
 * day by day: both are what the site brings with the load less what it brings without.
 */
export async function shareOfOptimum(plan: Plan, everyDays: number) {
  const highs = await openSolver();
  const year = calendarYear(plan.timeZone);
  const scene = sceneOf(plan);
  const weather = weatherYear(plan, year, plan.seed);
  const days = YEAR_MINUTES / DAY_MINUTES;
  const usual = new Float64Array(days);
  const mining = new Float64Array(days);
  const surplusW = new Float64Array(YEAR_MINUTES);
  const exportPerKwh = new Float64Array(YEAR_MINUTES);
  const minutes = { startMs: year.startMs, minuteOfDay: year.minuteOfDay, weekday: year.weekday, ...weather };
  const run = createRun(scene, minutes, {
    minute(i, withLoads, without) {
      const day = Math.floor(i / DAY_MINUTES);
      const market = scene.market(year.weekday[i] as number, year.minuteOfDay[i] as number);
      exportPerKwh[i] = market.exportPerKwh ?? 0;
      surplusW[i] = Math.max(0, without.potentialW - without.demandW - without.chargeW);
      const bought = withLoads.importW - without.importW;
      usual[day]! += (without.exportW * exportPerKwh[i]) / 60_000;
      mining[day]! += (withLoads.exportW * exportPerKwh[i] - bought * (market.importPerKwh ?? 0)) / 60_000;
    },
    slot({ startMs, money }) {
      const day = Math.min(days - 1, Math.floor((startMs - year.startMs) / (DAY_MINUTES * 60_000)));
      mining[day]! += (money.minedMicro ?? 0) / 1e6;
    },
  });
  run.advance(0, YEAR_MINUTES);
  const { worth } = scene.prices;
  const valuePerThHour = (worth.satsPerThHour ?? 0) * (1 - worth.poolFee) * (worth.pricePerSat ?? 0);
  const exportLimitW = plan.grid.exportLimitW ?? 1e9;
  let real = 0;
  let best = 0;
  for (let day = 0; day < days; day += everyDays) {
    const span = [day * DAY_MINUTES, (day + 1) * DAY_MINUTES] as const;
    const problem: DayProblem = {
      surplusW: surplusW.slice(...span),
      exportPerKwh: exportPerKwh.slice(...span),
      exportLimitW,
    };
    best += optimum(highs, plan, valuePerThHour, problem) - (usual[day] as number);
    real += (mining[day] as number) - (usual[day] as number);
  }
  return { share: real / best, real, best, days: Math.ceil(days / everyDays) };
}
