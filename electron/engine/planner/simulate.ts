import type { Plan } from '#shared/plan.ts';
import type { PlanYear } from '#shared/plan-result.ts';
import { calendarYear, YEAR_MINUTES } from './calendar-year.ts';
import { fuelOf } from './fuel.ts';
import { createRun } from './run-year.ts';
import { sceneOf } from './scene.ts';
import { createTally } from './tally.ts';
import { weatherYear, type Brought } from './weather.ts';

/** Days between two reports of how far it is. */
const REPORT_DAYS = 5;

/**
 * One year of a plan at one minute.
 * @param seed weather; the plan's own for its own year
 * @yields share done, so that the caller may report, or stop asking
 */
export function* simulateYear(
  plan: Plan,
  seed: number,
  brought: Brought = {},
): Generator<{ progress: number; partial(): PlanYear }, PlanYear, void> {
  const year = calendarYear(plan.timeZone);
  const scene = sceneOf(plan);
  const weather = weatherYear(plan, year, seed, brought);
  const tally = createTally(year, YEAR_MINUTES);
  const fuel = fuelOf(plan);
  let done = 0;
  const run = createRun(
    scene,
    { startMs: year.startMs, minuteOfDay: year.minuteOfDay, weekday: year.weekday, ...weather },
    {
      minute(i, mining, usual, running) {
        tally.minute(i, mining, usual, running, scene.market(year.weekday[i] as number, year.minuteOfDay[i] as number));
        fuel.minute(mining, usual);
      },
      slot: tally.slot,
    },
  );
  const figures = (): PlanYear => {
    const sums = tally.figures();
    const capacityMwh = (plan.battery?.capacityWh ?? 0) * 1000;
    const cyclesOf = (discharge: number) => (capacityMwh === 0 ? 0 : discharge / capacityMwh);
    return {
      ...sums,
      cycles: { usual: cyclesOf(sums.usual.discharge), mining: cyclesOf(sums.mining.discharge) },
      ...fuel.figures(),
    };
  };
  while (done < YEAR_MINUTES) {
    const next = Math.min(YEAR_MINUTES, done + REPORT_DAYS * 1440);
    run.advance(done, next);
    done = next;
    yield { progress: done / YEAR_MINUTES, partial: figures };
  }
  return figures();
}
