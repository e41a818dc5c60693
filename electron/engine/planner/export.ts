import { csvCell } from '#shared/csv.ts';
import type { Plan } from '#shared/plan.ts';
import type { PlanResult } from '#shared/plan-result.ts';

const KWH = 1e6;
const MICRO = 1e6;

const line = (cells: readonly (string | number | undefined)[]): string => cells.map(csvCell).join(',');
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'plan';

/** Everything that was assumed and worked out, to be read by machines. */
export const planJson = (plan: Plan, result: PlanResult): { name: string; text: string } => ({
  name: `spillway-plan-${slug(plan.name)}.json`,
  text: `${JSON.stringify({ plan, result }, undefined, 2)}\n`,
});

/** The months, usual beside mining, and the money month by month. */
export function planCsv(plan: Plan, { year, money }: PlanResult): { name: string; text: string } {
  const kwh = (mwh: number) => Math.round((mwh / KWH) * 1000) / 1000;
  const unit = (micro: number | undefined) =>
    micro === undefined ? undefined : Math.round(micro / (MICRO / 100)) / 100;
  const sides = ['production', 'lost', 'demand', 'import', 'export', 'charge', 'discharge'] as const;
  const lines = [
    line([
      'month',
      ...sides.map((key) => `usual_${key}_kwh`),
      ...sides.map((key) => `mining_${key}_kwh`),
      'mined_kwh',
      'avoided_curtailment_kwh',
      'forgone_export_kwh',
      'contracted_kwh',
      'grid_fed_kwh',
      'sats',
      `earnings_${plan.currency}`,
      'starts',
    ]),
    ...year.months.map(({ usual, mining, origin, earnings, starts }, i) =>
      line([
        i + 1,
        ...sides.map((key) => kwh(usual[key])),
        ...sides.map((key) => kwh(mining[key])),
        kwh(mining.draw),
        kwh(origin.avoidedCurtailment),
        kwh(origin.forgoneExport),
        kwh(origin.contracted),
        kwh(origin.gridFed),
        Math.round((earnings.estimatedMsat ?? 0) / 1000),
        unit(earnings.earningsMicro),
        starts,
      ]),
    ),
  ];
  if (money) {
    lines.push(
      '',
      line(['months_from_start', ...['p10', 'p50', 'p90'].map((name) => `money_${name}_${plan.currency}`)]),
    );
    for (const { month, p10, p50, p90 } of money.fan)
      lines.push(line([month, ...[p10, p50, p90].map((each) => Math.round(each * 100) / 100)]));
  }
  return { name: `spillway-plan-${slug(plan.name)}.csv`, text: `${lines.join('\r\n')}\r\n` };
}
