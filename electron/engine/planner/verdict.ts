import type { Plan } from '#shared/plan.ts';
import type { PlanMoney, PlanYear, Verdict } from '#shared/plan-result.ts';
import { valuePerKwh } from '#engine/control/economics.ts';
import { sceneOf } from './scene.ts';

/** EXPERIENCE.md, Planner: worth it where four of five futures pay back in time, uncertain from two of five. */
const WORTH = 0.8;
const UNCERTAIN = 0.4;
/** A device that runs less than this does not get to pay for itself, h a year. */
const FEW_HOURS = 500;
const MICRO = 1e6;

/** The plain word, and the one figure that decides it. */
export function decide(given: {
  plan: Plan;
  year: PlanYear;
  parts: PlanMoney['parts'];
  share: number;
  capital: number;
  /** Median of the money at the end of the time allowed, the capital not counted. */
  earnedInTime: number;
  /** Of today's price. */
  breakEven?: number;
}): Verdict {
  const { plan, year, share, capital } = given;
  const word = share >= WORTH ? 'worth-it' : share >= UNCERTAIN ? 'uncertain' : 'not-worth-it';
  const part = (id: PlanMoney['parts'][number]['id']) =>
    (given.parts.find((each) => each.id === id)?.micro ?? 0) / MICRO;
  const kwh = Math.max(1e-9, year.mining.draw / 1e6);
  const brings = part('mined') + part('heat') + part('paid-export');
  const energy = -(part('forgone-export') + part('import') + part('battery') + part('fuel'));
  const running = -(part('upkeep') + part('failures'));
  const deciding = (): Verdict['deciding'] => {
    if (word === 'worth-it') {
      if (capital === 0) return { id: 'nothing-to-buy', value: brings - energy - running, limit: 0 };
      const price = plan.economics.pricePerBitcoin;
      return { id: 'bitcoin-price', value: (given.breakEven ?? 0) * price, limit: price };
    }
    // What stands still for lack of worth brings nothing that could be compared; what it would bring can.
    const worth = bestWorth(plan);
    const exported = plan.tariff.exportPerKwh ?? 0;
    if (year.runningHours < FEW_HOURS && worth !== undefined && plan.grid.exportLimitW !== 0 && worth <= exported)
      return { id: 'energy-worth-more', value: worth, limit: exported };
    if (year.runningHours < FEW_HOURS) return { id: 'too-few-hours', value: year.runningHours, limit: FEW_HOURS };
    if (brings <= energy) return { id: 'energy-worth-more', value: brings / kwh, limit: energy / kwh };
    if (brings - energy <= running) return { id: 'running-costs', value: brings - energy, limit: running };
    return { id: 'capital', value: given.earnedInTime, limit: capital };
  };
  return { word, share, deciding: deciding() };
}

/** What a kWh brings in the best of the plan's loads, currency, as control reckons it. */
function bestWorth(plan: Plan): number | undefined {
  const { prices } = sceneOf(plan);
  const values = plan.loads.flatMap(({ model }) => valuePerKwh(model, prices.worth) ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}
