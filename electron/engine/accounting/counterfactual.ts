import type { Origin } from '#shared/ledger.ts';

export type OriginKey = keyof Origin;
export type OriginW = Record<OriginKey, number>;

export const originKeys = [
  'gridFed',
  'contracted',
  'boostFed',
  'batteryFed',
  'deferredCharge',
  'forgoneExport',
  'avoidedPaidExport',
  'avoidedCurtailment',
  'unproven',
] as const satisfies readonly OriginKey[];

/** One instant of the site, W; absent: unknown. What a site cannot have (grid off-grid, battery) is 0. */
export interface Instant {
  drawW: number;
  /** Import that is not the meter's own offset or the inverter's habit. */
  importW?: number | undefined;
  exportW?: number | undefined;
  dischargeW?: number | undefined;
  /** What the battery would have taken besides what it takes, W. */
  chargeRoomW: number;
  /** What the grid point would have let out besides what it lets out, W; Infinity without a limit. */
  exportRoomW: number;
  allowanceW: number;
  boost: boolean;
  exportPriceNegative: boolean;
}

/** Where the loads' draw would have gone with the loads off, in the order of ACCOUNTING.md; the parts sum to `drawW`. */
export function splitDraw(at: Instant): OriginW {
  const parts = { ...none };
  let left = at.drawW;
  const take = (part: OriginKey, roomW: number) => {
    const taken = Math.min(left, Math.max(0, roomW));
    parts[part] += taken;
    left -= taken;
  };
  if (at.importW === undefined) return { ...none, unproven: at.drawW };
  const imported = Math.min(left, at.importW);
  take('contracted', Math.min(imported, at.allowanceW));
  take(at.boost ? 'boostFed' : 'gridFed', imported - parts.contracted);
  if (at.dischargeW === undefined || at.exportW === undefined) return { ...parts, unproven: left };
  take('batteryFed', at.dischargeW);
  take('deferredCharge', at.chargeRoomW);
  take(at.exportPriceNegative ? 'avoidedPaidExport' : 'forgoneExport', at.exportRoomW);
  parts.avoidedCurtailment = left;
  return parts;
}

const none: OriginW = {
  gridFed: 0,
  contracted: 0,
  boostFed: 0,
  batteryFed: 0,
  deferredCharge: 0,
  forgoneExport: 0,
  avoidedPaidExport: 0,
  avoidedCurtailment: 0,
  unproven: 0,
};
