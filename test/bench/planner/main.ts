import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LoadModel } from '#shared/control.ts';
import type { Plan } from '#shared/plan.ts';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { createPool } from '#engine/planner/pool.ts';
import { simulateYear } from '#engine/planner/simulate.ts';
import { solar } from '#engine/planner/stories/surplus-off-peak.ts';
import { loadSet } from '../control/loads.ts';
import { shareOfOptimum } from './share.ts';

/** How fast the planner is, and how near the shipped controller comes to perfect foresight on the home preset with load L1. */
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** Years of the sweep; the speed is what counts. */
    years: { type: 'string', default: '12' },
    /** One day in so many is solved. */
    everyDays: { type: 'string', default: '1' },
    /** Earnings need not be measured each time. */
    only: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

const home = solar.plan(bundledSnapshot);
const plan: Plan = {
  ...home,
  loads: loadSet('L1').loads.map((load) => ({
    catalogueId: 'own',
    count: 1,
    priceEach: 600,
    lifeYears: 4,
    failuresPerYear: 0.05,
    model: LoadModel.parse(load),
  })),
};

function timed(work: () => void): { seconds: number; cpuSeconds: number } {
  const cpu = process.cpuUsage();
  const from = performance.now();
  work();
  const used = process.cpuUsage(cpu);
  return { seconds: (performance.now() - from) / 1000, cpuSeconds: (used.user + used.system) / 1e6 };
}

const runYear = (seed: number) => () => {
  const running = simulateYear(plan, seed);
  while (!running.next().done);
};

const figures: Record<string, number> = {};
if (values.only === undefined || values.only === 'speed') {
  const cold = timed(runYear(plan.seed));
  const warm = timed(runYear(plan.seed + 1));
  figures['planner.yearSeconds'] = Math.min(cold.seconds, warm.seconds);
  figures['planner.yearCpuSeconds'] = Math.min(cold.cpuSeconds, warm.cpuSeconds);
  say(
    `a year at one minute: ${figures['planner.yearSeconds'].toFixed(2)} s (${figures['planner.yearCpuSeconds'].toFixed(2)} s of processor time)`,
  );

  const years = Number(values.years);
  const pool = createPool(
    fileURLToPath(new URL('../../../electron/engine/hosts/planner-worker.ts', import.meta.url)),
    2,
  );
  const from = performance.now();
  await Promise.all(
    Array.from({ length: years }, (_, i) =>
      pool.run({ kind: 'year', plan, seed: i, brought: {}, partial: false }, new AbortController().signal),
    ),
  );
  const minutes = (performance.now() - from) / 60_000;
  await pool.close();
  figures['planner.sweepYearsPerMinute'] = years / minutes;
  figures['planner.sweepOf100Minutes'] = (100 * minutes) / years;
  say(
    `${years} years on two threads: ${(years / minutes).toFixed(1)} a minute; 100 take ${((100 * minutes) / years).toFixed(1)} min`,
  );
}
if (values.only === undefined || values.only === 'optimum') {
  const { share, real, best, days } = await shareOfOptimum(plan, Number(values.everyDays));
  figures['planner.shareOfOptimum'] = share;
  figures['planner.earned'] = real;
  figures['planner.optimum'] = best;
  say(
    `${days} days: ${real.toFixed(2)} of ${best.toFixed(2)} ${plan.currency}, share of the optimum ${share.toFixed(3)}`,
  );
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`);
