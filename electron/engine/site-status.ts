import type { SiteStatus } from '#shared/contract/engine.ts';
import type { LoadModel, Snapshot, Wish } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';
import { requiredInstants } from './health.ts';

export interface SiteStatusInput {
  site: Site;
  wish: Wish;
  loads: readonly LoadModel[];
  snapshot: Snapshot | undefined;
  /** Largest production seen so far, W. */
  peakW: number;
  nowMs: number;
  speed: number;
  version: string;
  ownSite: boolean;
}

/** Scale of the flow picture where nothing is known yet, W. */
const SMALLEST_SCALE_W = 2000;

export function siteStatus({
  site,
  wish,
  loads,
  snapshot,
  peakW,
  nowMs,
  speed,
  version,
  ownSite,
}: SiteStatusInput): SiteStatus {
  const { control } = site;
  const instants = snapshot ? requiredInstants(snapshot) : [];
  const loadsW = loads.reduce(
    (sum, { levels }) => sum + (levels.kind === 'range' ? levels.maxW : Math.max(...levels.watts)),
    0,
  );
  return {
    id: site.id,
    name: site.name,
    timeZone: site.timeZone,
    currency: site.currency,
    simulated: site.simulated,
    ownSite,
    speed,
    nowMs,
    wish,
    ...(instants.length > 0 ? { freshnessMs: Math.max(0, nowMs - Math.min(...instants)) } : {}),
    plant: control.plant,
    hasGrid: control.connection === 'grid',
    hasBattery: control.battery !== undefined,
    ...(control.battery ? { floorPercent: control.battery.floorPercent } : {}),
    ...(control.exportLimitW === undefined ? {} : { exportLimitW: control.exportLimitW }),
    scaleW: Math.max(SMALLEST_SCALE_W, loadsW, control.battery?.maxChargeW ?? 0, peakW),
    version,
  };
}
