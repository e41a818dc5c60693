import loadHighs from 'highs';
import type { Plan } from '#shared/plan.ts';

export const DAY_MINUTES = 1440;

type Highs = Awaited<ReturnType<typeof loadHighs>>;

/** A day's minutes. */
export interface DayProblem {
  /** What house and battery leave, as the usual day has it: battery first is the owner's rule, for foresight too. */
  surplusW: Float64Array;
  exportPerKwh: Float64Array;
  exportLimitW: number;
}

export const openSolver = (): Promise<Highs> => loadHighs();

/**
 * What mining and export bring at best with the day known beforehand, currency: the load takes any power from nothing to
 * its highest at once, and starts cost nothing. Neither grid nor battery may feed it.
 */
export function optimum(highs: Highs, plan: Plan, valuePerThHour: number, day: DayProblem): number {
  const segments = segmentsOf(plan);
  const objective: string[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  for (const [t, surplusW] of day.surplusW.entries()) {
    if (surplusW <= 0) continue;
    objective.push(term((day.exportPerKwh[t] as number) / 60_000, `e${t}`));
    bounds.push(`0 <= e${t} <= ${Math.min(day.exportLimitW, surplusW)}`);
    const draws = segments.map(({ widthW, thPerW }, s) => {
      objective.push(term((thPerW * valuePerThHour) / 60, `x${s}_${t}`));
      bounds.push(`0 <= x${s}_${t} <= ${widthW}`);
      return ` + x${s}_${t}`;
    });
    rows.push(`r${t}: e${t}${draws.join('')} <= ${surplusW}`);
  }
  if (rows.length === 0) return 0;
  const text = ['Maximize', `obj: ${objective.join('\n')}`, 'Subject To', ...rows, 'Bounds', ...bounds, 'End'];
  const solved = highs.solve(text.join('\n'));
  if (solved.Status !== 'Optimal') throw new Error(`The day has no optimum: ${solved.Status}.`);
  return solved.ObjectiveValue;
}

const term = (factor: number, name: string): string =>
  `${factor < 0 ? '-' : '+'} ${Math.abs(factor).toPrecision(12)} ${name}`;

/** The load's curve from nothing upwards: each further watt hashes less, so the best come first by themselves. */
const segmentsOf = ({ loads }: Plan): { widthW: number; thPerW: number }[] =>
  loads.flatMap(({ model }) =>
    model.curve.map(({ drawW, hashrateThs }, i) => {
      const before = model.curve[i - 1] ?? { drawW: 0, hashrateThs: 0 };
      const widthW = drawW - before.drawW;
      return { widthW, thPerW: (hashrateThs - before.hashrateThs) / widthW };
    }),
  );
