import type { Boost } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';

/** What stands in the fields of a boost. */
export interface BoostValues {
  /** '': every load. */
  loadId: string;
  minutes: string;
  /** '': no limit. */
  energyKwh: string;
  buys: boolean;
  importW: string;
  drains: boolean;
  toPercent: string;
}

const MINUTE_MS = 60_000;
const FIRST_IMPORT_W = 2000;

export const firstValues = ({ control }: Site): BoostValues => ({
  loadId: '',
  minutes: '60',
  energyKwh: '',
  buys: false,
  importW: String(Math.min(FIRST_IMPORT_W, control.importLimitW ?? Infinity)),
  drains: false,
  toPercent: String(control.battery?.floorPercent ?? 0),
});

export const boostOf = (values: BoostValues, nowMs: number): Boost => ({
  untilMs: nowMs + Number(values.minutes) * MINUTE_MS,
  importW: values.buys ? Number(values.importW) : 0,
  ...(values.loadId === '' ? {} : { loadId: values.loadId }),
  ...(values.drains ? { batteryToPercent: Number(values.toPercent) } : {}),
  ...(Number(values.energyKwh) > 0 ? { energyWh: Number(values.energyKwh) * 1000 } : {}),
});

/** Most that can be bought, Wh. */
export function mostWh({ buys, importW, minutes, energyKwh }: BoostValues): number {
  const byTimeWh = buys ? (Number(importW) * Number(minutes)) / 60 : 0;
  return Number(energyKwh) > 0 ? Math.min(byTimeWh, Number(energyKwh) * 1000) : byTimeWh;
}
