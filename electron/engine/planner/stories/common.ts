import type { Plan, PlanBattery, PlanEconomics, PlanStrategy } from '#shared/plan.ts';
import type { MarketSnapshot } from '#shared/market.ts';

/** Where a figure comes from, by the end of its path; the first that fits counts. */
export type Sources = readonly (readonly [field: string, source: string])[];

export const ASSUMED = 'assumed';

/** Today's network and price from the engine's market, or from what came with the app. */
export function economics(
  market: MarketSnapshot,
  currency: string,
  change: Partial<PlanEconomics> = {},
): PlanEconomics {
  return {
    pricePerBitcoin: market.prices[currency] ?? market.prices['USD'] ?? 100_000,
    difficulty: market.difficulty,
    height: market.height,
    feesPerBlockSat: market.feesPerBlockSat,
    poolFeePercent: 2,
    price: { kind: 'flat', volatilityPercent: 55 },
    difficultyCourse: { kind: 'drift', percentPerYear: 25, volatilityPercent: 15 },
    otherCapital: 300,
    upkeepPerYear: 0,
    heat: { perKwh: 0, months: [11, 12, 1, 2, 3] },
    paybackMonths: 36,
    ...change,
  };
}

export const strategy = (change: Partial<PlanStrategy> = {}): PlanStrategy => ({
  reserveW: 0,
  marginPerKwh: 0,
  quietHours: [],
  probe: { perProbeWh: 5, perHourWh: 30 },
  withoutMarket: 'lost-only',
  ...change,
});

export const battery = (capacityWh: number, powerW: number, change: Partial<PlanBattery> = {}): PlanBattery => ({
  capacityWh,
  maxChargeW: powerW,
  maxDischargeW: powerW,
  efficiencyPercent: 95,
  floorPercent: 10,
  targetPercent: 100,
  startPercent: 50,
  price: 0,
  cycles: 6000,
  replacementPerKwh: 350,
  ...change,
});

export type StoryParts = {
  id: NonNullable<Plan['story']>;
  kind: 'story' | 'region';
  surplus: boolean;
  renewable: boolean;
  plan(market: MarketSnapshot): Plan;
  sources: Sources;
};
