import type { z } from 'zod';
import type { CatalogueLoad, ReplayChange } from '#shared/contract/planner.ts';
import type { Plan, PlanBattery } from '#shared/plan.ts';

/** What an owner would like to have had, as typed; blank: as it is. */
export interface Wishes {
  batteryKwh: string;
  floorPercent: string;
  loadId: string;
  count: string;
}

export const NO_WISHES: Wishes = { batteryKwh: '', floorPercent: '', loadId: '', count: '1' };

/** kWh, percent and pieces that may be asked for. */
const RANGES = {
  batteryKwh: { least: 0, most: 1e6, whole: false },
  floorPercent: { least: 0, most: 100, whole: false },
  count: { least: 1, most: 1000, whole: true },
} as const;

/** @returns the first field that holds no number or one that cannot be */
export function problemOf(wishes: Wishes): keyof typeof RANGES | undefined {
  for (const key of ['batteryKwh', 'floorPercent', 'count'] as const) {
    const text = wishes[key].trim();
    const { least, most, whole } = RANGES[key];
    if (text === '' ? key === 'count' : !(Number(text) >= least && Number(text) <= most)) return key;
    if (whole && !Number.isInteger(Number(text))) return key;
  }
  return undefined;
}

/** A battery of a usual make where the site has none: half its energy an hour, an inverter that stops at a tenth. */
const USUAL: Omit<PlanBattery, 'capacityWh' | 'maxChargeW' | 'maxDischargeW'> = {
  efficiencyPercent: 95,
  floorPercent: 10,
  targetPercent: 100,
  startPercent: 50,
  price: 0,
  cycles: 6000,
  replacementPerKwh: 350,
};

/** @param site the owner's site as a plan: a battery of another size keeps its floor, its target and its power by size */
export function changeOf(
  wishes: Wishes,
  site: Pick<Plan, 'battery'>,
  catalogue: readonly CatalogueLoad[],
): z.input<typeof ReplayChange> {
  const capacityWh = wishes.batteryKwh.trim() === '' ? undefined : Number(wishes.batteryKwh) * 1000;
  const floorPercent = wishes.floorPercent.trim() === '' ? undefined : Number(wishes.floorPercent);
  const added = catalogue.find(({ id }) => id === wishes.loadId);
  return {
    ...(capacityWh === 0 && { withoutBattery: true }),
    ...(capacityWh !== undefined && capacityWh > 0 && { battery: batteryOf(capacityWh, site.battery) }),
    ...(floorPercent !== undefined && { floorPercent }),
    ...(added && { addLoads: [{ ...added.load, count: Number(wishes.count) }] }),
  };
}

function batteryOf(capacityWh: number, had: PlanBattery | undefined): PlanBattery {
  const times = had ? capacityWh / had.capacityWh : 0;
  return had
    ? { ...had, capacityWh, maxChargeW: had.maxChargeW * times, maxDischargeW: had.maxDischargeW * times }
    : { ...USUAL, capacityWh, maxChargeW: capacityWh / 2, maxDischargeW: capacityWh / 2 };
}
