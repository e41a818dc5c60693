import type { LoadSet } from './loads.ts';
import type { Flows } from './plant.ts';
import type { Site } from './sites.ts';

export const FIGURES = [
  'capturedPercent',
  'importPercent',
  'strictScore',
  'hiddenCapturedPercent',
  'batteryFedPercent',
  'chargeTakenPercent',
  'startsPerDay',
  'writesPerDay',
  'lostMeterWh',
  'floorCrossings',
  'unservedWh',
] as const;
export type Figure = (typeof FIGURES)[number];

/** Import weighs ten times what was captured. */
export const IMPORT_WEIGHT = 10;
/** A day with less has too little to be judged by. */
export const LEAST_IDEAL_WH = 3000;

/** Sums over a run, in Wh unless named. */
export interface Sums {
  seconds: number;
  minedWh: number;
  plantFedWh: number;
  gridFedWh: number;
  batteryFedWh: number;
  /** Draw at the expense of charge the battery could have taken. */
  chargeTakenWh: number;
  lostMeterWh: number;
  unservedWh: number;
  floorCrossings: number;
  atFloor: boolean;
}

export const noSums = (): Sums => ({
  seconds: 0,
  minedWh: 0,
  plantFedWh: 0,
  gridFedWh: 0,
  batteryFedWh: 0,
  chargeTakenWh: 0,
  lostMeterWh: 0,
  unservedWh: 0,
  floorCrossings: 0,
  atFloor: false,
});

/**
 * Adds one second. Import feeds the loads up to their draw (starting included), then discharge does, the plant the rest.
 * What is grid-fed or battery-fed comes off the mined share first. Draw while the battery before the loads could have
 * charged more is counted beside it: it is plant-fed, but a policy that lives on it breaks the site's "battery first".
 */
export function addSecond(sums: Sums, site: Site, flows: Flows, drawW: number, miningW: number): void {
  const gridFedW = Math.min(drawW, flows.importW);
  const batteryFedW = Math.min(drawW - gridFedW, flows.dischargeW);
  const servedW = drawW - flows.unservedDrawW;
  const couldW = Math.max(0, Math.min(flows.chargeableW, flows.potentialW - flows.demandW));
  const chargeTakenW = Math.min(Math.max(0, servedW - gridFedW - batteryFedW), Math.max(0, couldW - flows.chargeW));
  const minedW = Math.min(miningW, servedW);
  sums.seconds++;
  sums.minedWh += minedW / 3600;
  sums.gridFedWh += gridFedW / 3600;
  sums.batteryFedWh += batteryFedW / 3600;
  sums.chargeTakenWh += chargeTakenW / 3600;
  sums.plantFedWh += Math.max(0, minedW - gridFedW - batteryFedW) / 3600;
  sums.unservedWh += flows.unservedDemandW / 3600;
  const lost = site.meterLost;
  const dayS = (sums.seconds - 1) % 86_400;
  if (lost !== undefined && dayS >= lost.fromS && dayS < lost.toS) sums.lostMeterWh += gridFedW / 3600;
  if (site.battery !== undefined) {
    const short = flows.productionW < flows.demandW + drawW;
    const atFloor = drawW > 0 && short && flows.socPercent <= site.battery.floorPercent + 1e-6;
    if (atFloor && !sums.atFloor) sums.floorCrossings++;
    sums.atFloor = atFloor;
  }
}

/** Power that ideal mining would take: all that is left after demand and the charge the battery could take, as far as levels fit. */
export const idealW = (set: LoadSet, availableW: number): number => (availableW < set.minW ? 0 : set.fit(availableW));

export interface Tally {
  idealWh: number;
  starts: number;
  writes: number;
  /** Unserved demand of the same day without loads. */
  unservedBeforeWh: number;
}

export function figuresOf(sums: Sums, tally: Tally): Record<Figure, number> {
  const days = Math.max(1, sums.seconds / 86_400);
  const captured = share(sums.plantFedWh, tally.idealWh);
  return {
    capturedPercent: captured,
    importPercent: share(sums.gridFedWh, sums.minedWh),
    strictScore: share(sums.plantFedWh - IMPORT_WEIGHT * sums.gridFedWh, tally.idealWh),
    hiddenCapturedPercent: captured,
    batteryFedPercent: share(sums.batteryFedWh, sums.minedWh),
    chargeTakenPercent: share(sums.chargeTakenWh, sums.minedWh),
    startsPerDay: tally.starts / days,
    writesPerDay: tally.writes / days,
    lostMeterWh: sums.lostMeterWh,
    floorCrossings: sums.floorCrossings,
    unservedWh: Math.max(0, sums.unservedWh - tally.unservedBeforeWh),
  };
}

const share = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : part > 0 ? 100 : 0);

/** Figures that say nothing on a site are left out there. */
export function applies(figure: Figure, site: string): boolean {
  switch (figure) {
    case 'hiddenCapturedPercent':
      return ['S2', 'S3', 'S4', 'S5'].includes(site);
    case 'batteryFedPercent':
    case 'chargeTakenPercent':
    case 'floorCrossings':
      return ['S4', 'S5'].includes(site);
    case 'lostMeterWh':
      return site === 'S6';
    case 'unservedWh':
      return site === 'S5';
    default:
      return true;
  }
}
