import type { Flows } from '#shared/ledger.ts';
import type { PatternId } from './patterns.ts';

/** One look per series, the same in node, legend and chart; `--battery` serves both of its directions. */
export const seriesLooks = {
  production: { colour: '--production', pattern: 'solid' },
  demand: { colour: '--demand', pattern: 'dots' },
  charge: { colour: '--battery', pattern: 'horizontal' },
  discharge: { colour: '--battery', pattern: 'vertical' },
  import: { colour: '--import', pattern: 'grid' },
  export: { colour: '--export', pattern: 'diagonal' },
  mining: { colour: '--mining', pattern: 'solid' },
  curtailed: { colour: '--curtailed', pattern: 'curtailed' },
} as const satisfies Record<string, { colour: string; pattern: PatternId }>;

export type SeriesId = keyof typeof seriesLooks;

const fields = { mining: 'draw' } as const;

export const flowOf = (flows: Flows, series: SeriesId): number | undefined =>
  flows[series === 'mining' ? fields.mining : series];

export type Side = 'went' | 'came';

/** Stacking order, from the ground up. Export and curtailed lie on top: what was given away and what was lost. */
export const sides: Record<Side, readonly SeriesId[]> = {
  went: ['demand', 'charge', 'mining', 'export', 'curtailed'],
  came: ['production', 'discharge', 'import'],
};

/** Series that this site can have at all. */
export function seriesOfSite(side: Side, site: { hasGrid: boolean; hasBattery: boolean }): SeriesId[] {
  return sides[side].filter((series) => {
    if (series === 'charge' || series === 'discharge') return site.hasBattery;
    if (series === 'import' || series === 'export') return site.hasGrid;
    return true;
  });
}
