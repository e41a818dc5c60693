import type { Run } from '#shared/contract/planner.ts';
import type { Plan } from '#shared/plan.ts';
import type { PlanYear, SizingMap } from '#shared/plan-result.ts';
import type { Pool } from './pool.ts';
import type { ReplayOrder } from './replay.ts';
import { bestCell, cellOf, cellPlan } from './sizing.ts';
import type { Brought } from './weather.ts';

/** What changes in a run as it goes on. */
export type Change = Partial<Pick<Run, 'progress' | 'result' | 'sizing' | 'replay'>>;
export type Tell = (change: Change) => void;

/** Weight of the first year in the progress of a plan, against each further one. */
const FUTURES_FIRST = 200;

/** The plan's own year first, streaming; then the other weather years on all threads, the money growing with each. */
export async function runPlan(
  pool: Pool,
  order: { plan: Plan; futures: number; weatherYears: number; brought: Brought },
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const { plan, futures, weatherYears, brought } = order;
  const shares = Array.from({ length: weatherYears }, () => 0);
  const progressed = (index: number, share: number) => {
    shares[index] = share;
    return shares.reduce((sum, each) => sum + each, 0) / (weatherYears + 0.1);
  };
  const yearOf = (index: number, partial: boolean) =>
    pool.run({ kind: 'year', plan, seed: plan.seed + 7919 * index, brought, partial }, signal, ({ progress, year }) =>
      tell({ progress: progressed(index, progress), ...(year && { result: { year } }) }),
    );
  const moneyOf = (years: PlanYear[], count: number) =>
    pool.run({ kind: 'futures', plan, years, futures: count }, signal);

  const own = await yearOf(0, true);
  const years = [own];
  tell({
    progress: progressed(0, 1),
    result: { year: own, money: await moneyOf(years, Math.min(FUTURES_FIRST, futures)) },
  });
  await Promise.all(
    Array.from({ length: weatherYears - 1 }, async (_, i) => {
      const year = await yearOf(i + 1, false);
      years.push(year);
      tell({ progress: progressed(i + 1, 1) });
    }),
  );
  // In the order of their seeds, not of their arrival: the same plan has the same futures.
  const sorted =
    years.length === 1 ? years : [own, ...years.slice(1).sort((a, b) => a.mining.potential - b.mining.potential)];
  tell({ progress: 1, result: { year: own, money: await moneyOf(sorted, futures) } });
}

/** One year for each cell of the map, with the weather of the plan's own year. */
export async function runSizing(
  pool: Pool,
  order: { plan: Plan; counts: number[]; batteryWh: number[]; brought: Brought },
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const { plan, counts, batteryWh, brought } = order;
  const sizes = counts.flatMap((count) => batteryWh.map((capacityWh) => ({ count, batteryWh: capacityWh })));
  const map: SizingMap = { counts, batteryWh, cells: [] };
  let done = 0;
  await Promise.all(
    sizes.map(async (size) => {
      const sized = cellPlan(plan, size);
      const year = await pool.run({ kind: 'year', plan: sized, seed: plan.seed, brought, partial: false }, signal);
      map.cells = [...map.cells, cellOf(sized, size, year)];
      done += 1;
      tell({ progress: done / sizes.length, sizing: { ...map, ...bestCell(plan, map.cells) } });
    }),
  );
}

export async function runReplay(pool: Pool, order: ReplayOrder, tell: Tell, signal: AbortSignal): Promise<void> {
  const result = await pool.run({ kind: 'replay', order }, signal, ({ progress }) => tell({ progress }));
  tell({ progress: 1, replay: result });
}
