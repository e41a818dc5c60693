import type { LoadModel } from '#shared/control.ts';
import type { Policy, PolicyContext, PolicyFactory, PolicyId } from '../policy.ts';
import { BEYOND_BATTERY, BEYOND_GRID, planLoad, type Plan, type Worth } from './oracle-plan.ts';

const MOST_STARTS = 12;
const BISECTIONS = 9;
/** One day of the largest load: no start is worth more, W·s. */
const DEAREST_START = 3_600_000;

/**
 * Perfect foresight on a plant that follows at once, with loads that take every write. Loads of a shelf are planned one
 * after the other, largest first, each on what the earlier ones leave.
 */
export function oracle(plans: PlanCache): PolicyFactory {
  return (context) => planned('oracle', context, Number.POSITIVE_INFINITY, plans);
}

/** The same with at most 12 starts a day and load. */
export function oracle12(plans: PlanCache): PolicyFactory {
  return (context) => planned('oracle12', context, MOST_STARTS, plans);
}

/** Plans of the day and load set in hand: sites without a battery share theirs. */
export interface PlanCache {
  day: string;
  bySite: Map<string, readonly Float64Array[]>;
}

export const noPlans = (): PlanCache => ({ day: '', bySite: new Map() });

function planned(id: PolicyId, context: PolicyContext, mostStarts: number, cache: PlanCache): Policy {
  const { trace, set, site } = context;
  const day = `${trace.id}/${set.id}`;
  if (cache.day !== day) {
    cache.day = day;
    cache.bySite.clear();
  }
  const key = `${site.battery === undefined ? 'grid' : site.id}/${mostStarts}`;
  const plans = cache.bySite.get(key) ?? planSet(context, mostStarts);
  cache.bySite.set(key, plans);
  const setpoints = new Float64Array(set.loads.length);
  return {
    id,
    free: true,
    decide({ t }) {
      for (let at = 0; at < setpoints.length; at++) setpoints[at] = plans[at]?.[t] ?? 0;
      return setpoints;
    },
    reason: () => 'foreseen',
  };
}

function planSet({ set, site, before }: PolicyContext, mostStarts: number): Float64Array[] {
  const worth: Worth = {
    availableW: before.availableW.slice(),
    surplusW: before.surplusW.slice(),
    beyondSurplus: site.battery === undefined ? BEYOND_GRID : BEYOND_BATTERY,
  };
  return set.loads.map((load) => {
    const plan = planWithin(load, worth, mostStarts);
    for (let t = 0; t < plan.drawW.length; t++) {
      worth.availableW[t] = (worth.availableW[t] ?? 0) - (plan.drawW[t] ?? 0);
      worth.surplusW[t] = (worth.surplusW[t] ?? 0) - (plan.drawW[t] ?? 0);
    }
    return plan.setpointW;
  });
}

/** A price on every start, raised until the starts fit: the smallest such price found by halving. */
function planWithin(load: LoadModel, worth: Worth, mostStarts: number): Plan {
  let best = planLoad(load, worth, 0);
  if (best.starts <= mostStarts) return best;
  let low = 0;
  let high = DEAREST_START;
  for (let step = 0; step < BISECTIONS; step++) {
    // Geometric: prices of interest span three decades.
    const price = low === 0 ? high / 64 : Math.sqrt(low * high);
    const plan = planLoad(load, worth, price);
    if (plan.starts > mostStarts) low = price;
    else {
      high = price;
      best = plan;
    }
    if (plan.starts === mostStarts) break;
  }
  return best.starts <= mostStarts ? best : planLoad(load, worth, DEAREST_START);
}
