import { ControlSettings, type MarketNow } from '#shared/control.ts';
import type { Trace } from './traces.ts';

export const SITE_IDS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'] as const;
export type SiteId = (typeof SITE_IDS)[number];

interface Battery {
  capacityWh: number;
  maxW: number;
  /** Each way. */
  efficiency: number;
  floorPercent: number;
  startPercent: number;
}

export interface Site {
  id: SiteId;
  connection: 'grid' | 'off-grid';
  /** Absent: unlimited. */
  exportLimitW?: number;
  battery?: Battery;
  /** Seconds of the day during which the grid meter is silent. */
  meterLost?: { fromS: number; toS: number };
  negativePrices?: { fromS: number; toS: number };
}

const HOUR = 3600;
const BATTERY: Battery = { capacityWh: 10_000, maxW: 5_000, efficiency: 0.95, floorPercent: 10, startPercent: 50 };
const EXPORT_CAP_OF_PEAK = 0.6;

export function siteFor(id: SiteId, trace: Trace): Site {
  switch (id) {
    case 'S1':
      return { id, connection: 'grid' };
    case 'S2':
      return { id, connection: 'grid', exportLimitW: 0 };
    case 'S3':
      return { id, connection: 'grid', exportLimitW: Math.round(EXPORT_CAP_OF_PEAK * trace.peakW) };
    case 'S4':
      return { id, connection: 'grid', exportLimitW: 0, battery: BATTERY };
    case 'S5':
      return { id, connection: 'off-grid', battery: BATTERY };
    case 'S6':
      return { id, connection: 'grid', meterLost: { fromS: 12 * HOUR, toS: 15 * HOUR } };
    case 'S7':
      return { id, connection: 'grid', negativePrices: { fromS: 11 * HOUR, toS: 15 * HOUR } };
  }
}

/** The site file an owner of this site would have written; everything else as shipped. */
export function settingsFor(site: Site, trace: Trace): ControlSettings {
  return ControlSettings.parse({
    connection: site.connection,
    plant: trace.kind,
    ...(site.exportLimitW === undefined ? {} : { exportLimitW: site.exportLimitW }),
    ...(site.battery === undefined
      ? {}
      : {
          battery: {
            capacityWh: site.battery.capacityWh,
            maxChargeW: site.battery.maxW,
            maxDischargeW: site.battery.maxW,
            floorPercent: site.battery.floorPercent,
          },
        }),
  });
}

/**
 * Prices at which mining beats the feed-in (about 0.12 against 0.03 per kWh on load L1, 0.038 on the last watts of the shelf's middle
 * miners), so that neither prices nor the fallback for missing ones decide the benchmark. Only S7 changes them over the day.
 */
export function marketAt(site: Site, t: number): MarketNow {
  const negative = site.negativePrices !== undefined && t >= site.negativePrices.fromS && t < site.negativePrices.toS;
  return negative ? NEGATIVE : ORDINARY;
}
const ORDINARY: MarketNow = {
  satsPerThHour: 2.2,
  poolFee: 0.01,
  pricePerSat: 0.001,
  exportPerKwh: 0.03,
  importPerKwh: 0.3,
  batteryPerKwh: 0.25,
  fresh: true,
};
const NEGATIVE: MarketNow = { ...ORDINARY, exportPerKwh: -0.05 };
