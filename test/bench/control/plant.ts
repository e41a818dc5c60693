import type { Site } from './sites.ts';

/**
 * The site's energy flows, second by second. Choices where CONTROL.md leaves them open (docs/decisions/0010):
 * - The inverter holds a limit that follows what it may make (demand + loads + export limit + charge the battery can
 *   take) as a first-order lag of 3 s; production = min(potential, limit). Without an export limit it is never held back.
 * - The battery answers at once, without taper, and stops at its floor by itself.
 * - Off-grid nothing can leave the island, so the inverter is cut back within the second and only rises with the lag;
 *   what production and battery cannot cover is unserved, the demand's share first.
 */
export interface Flows {
  potentialW: number;
  productionW: number;
  demandW: number;
  importW: number;
  exportW: number;
  chargeW: number;
  dischargeW: number;
  /** Off-grid shortage. */
  unservedDemandW: number;
  unservedDrawW: number;
  /** Charge the battery could have taken in this second. */
  chargeableW: number;
  /** After this second. */
  socPercent: number;
}

export interface Plant {
  site: Site;
  limitW: number;
  storedWh: number;
  flows: Flows;
  /** Share of the way to its target that the inverter goes in a second. */
  follow: number;
}

const RESPONSE_S = 3;
const SECONDS = 3600;

export function createPlant(site: Site, instant = false): Plant {
  const storedWh = site.battery === undefined ? 0 : (site.battery.capacityWh * site.battery.startPercent) / 100;
  return {
    site,
    limitW: 0,
    storedWh,
    follow: instant ? 1 : 1 - Math.exp(-1 / RESPONSE_S),
    flows: {
      potentialW: 0,
      productionW: 0,
      demandW: 0,
      importW: 0,
      exportW: 0,
      chargeW: 0,
      dischargeW: 0,
      unservedDemandW: 0,
      unservedDrawW: 0,
      chargeableW: 0,
      socPercent: site.battery?.startPercent ?? 0,
    },
  };
}

export function advancePlant(plant: Plant, potentialW: number, demandW: number, drawW: number): Flows {
  const { site, flows } = plant;
  const { battery } = site;
  const offGrid = site.connection === 'off-grid';
  let chargeableW = 0;
  let dischargeableW = 0;
  if (battery !== undefined) {
    const roomWh = battery.capacityWh - plant.storedWh;
    const aboveFloorWh = plant.storedWh - (battery.capacityWh * battery.floorPercent) / 100;
    chargeableW = Math.min(battery.maxW, Math.max(0, roomWh * SECONDS) / battery.efficiency);
    dischargeableW = Math.min(battery.maxW, Math.max(0, aboveFloorWh * SECONDS) * battery.efficiency);
  }

  let productionW = potentialW;
  if (offGrid || site.exportLimitW !== undefined) {
    const allowedW = demandW + drawW + chargeableW + (offGrid ? 0 : (site.exportLimitW ?? 0));
    plant.limitW += (allowedW - plant.limitW) * plant.follow;
    if (offGrid && plant.limitW > allowedW) plant.limitW = allowedW;
    productionW = Math.min(potentialW, plant.limitW);
  }

  const netW = productionW - demandW - drawW;
  const chargeW = Math.min(chargeableW, Math.max(0, netW));
  const dischargeW = Math.min(dischargeableW, Math.max(0, -netW));
  const overW = Math.max(0, netW) - chargeW;
  const shortW = Math.max(0, -netW) - dischargeW;
  if (battery !== undefined) {
    plant.storedWh += (chargeW * battery.efficiency - dischargeW / battery.efficiency) / SECONDS;
    flows.socPercent = (plant.storedWh / battery.capacityWh) * 100;
  }
  flows.potentialW = potentialW;
  flows.productionW = productionW;
  flows.demandW = demandW;
  flows.importW = offGrid ? 0 : shortW;
  flows.exportW = offGrid ? 0 : overW;
  flows.chargeW = chargeW;
  flows.dischargeW = dischargeW;
  flows.unservedDemandW = offGrid ? Math.min(demandW, shortW) : 0;
  flows.unservedDrawW = offGrid ? shortW - flows.unservedDemandW : 0;
  flows.chargeableW = chargeableW;
  return flows;
}
