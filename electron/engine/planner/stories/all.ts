import type { Story } from '#shared/contract/planner.ts';
import type { MarketSnapshot } from '#shared/market.ts';
import { assumptionsOf } from '../assumptions.ts';
import type { StoryParts } from './common.ts';
import { gas, hydro, idle } from './off-the-line.ts';
import { geothermal, gulf } from './regions.ts';
import { solar, wind } from './surplus-off-peak.ts';

export const storyParts: readonly StoryParts[] = [solar, wind, gas, hydro, idle, geothermal, gulf];

/** The ready plans with today's price and difficulty. */
export const stories = (market: MarketSnapshot): Story[] =>
  storyParts.map(({ plan: planOf, sources, id, kind, surplus, renewable }) => {
    const plan = planOf(market);
    return { id, kind, surplus, renewable, plan, assumptions: assumptionsOf(plan, sources, market) };
  });
