import type { Plan } from '#shared/plan.ts';
import type { Balance } from './plant.ts';

/** kg of methane in a standard m³ (15 °C), and what one kg does against CO2 over 100 years (IPCC AR6, fossil). */
const METHANE_KG_M3 = 0.678;
const METHANE_GWP = 29.8;
const MICRO = 1e6;

/** What the gas engines of a plan burn because of the loads: service cost, and methane that a flare would have let go. */
export function fuelOf({ sources }: Plan) {
  const engines = sources.filter((source) => source.kind === 'flare');
  const ratedW = engines.reduce((sum, { ratedW: rated }) => sum + rated, 0);
  const leastW = engines.reduce((sum, { ratedW: rated, minimumPercent }) => sum + (rated * minimumPercent) / 100, 0);
  const others = sources.some(({ kind }) => kind !== 'flare' && kind !== 'contracted');
  let minedWmin = 0;
  let usualWmin = 0;
  // Below its minimum an engine burns as at its minimum: the rest goes into a load bank.
  const burning = ({ productionW, potentialW }: Balance) =>
    productionW <= 0 || potentialW <= 0 ? 0 : Math.min(ratedW, Math.max(leastW, productionW));
  return {
    minute(mining: Balance, usual: Balance): void {
      if (engines.length === 0 || others) return;
      minedWmin += burning(mining);
      usualWmin += burning(usual);
    },
    figures(): { fuelCostMicro: number; avoidedCo2Kg?: number } {
      const engine = engines[0];
      if (engine === undefined) return { fuelCostMicro: 0 };
      const kwh = (minedWmin - usualWmin) / 60_000;
      const gasM3 = kwh / ((engine.kwhPerM3 * engine.efficiencyPercent) / 100);
      return {
        fuelCostMicro: Math.round(kwh * engine.costPerKwh * MICRO),
        avoidedCo2Kg: gasM3 * (engine.flareSlipPercent / 100) * METHANE_KG_M3 * METHANE_GWP,
      };
    },
  };
}
