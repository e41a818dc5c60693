import { clamp } from '#shared/units.ts';

export interface BatterySpec {
  capacityWh: number;
  maxChargeW: number;
  maxDischargeW: number;
  /** One way; 0.95 in and 0.95 out. */
  efficiency: number;
  /** The device itself never discharges below this, %. */
  minPercent: number;
}

/** W it takes now: constant current up to 92 %, then tapering; nothing when full. */
export function acceptsW(spec: BatterySpec, storedWh: number, dtS: number): number {
  const soc = storedWh / spec.capacityWh;
  const taper = clamp((1 - soc) / 0.08, 0.06, 1);
  const roomWh = spec.capacityWh - storedWh;
  return Math.max(0, Math.min(spec.maxChargeW * taper, (roomWh / spec.efficiency) * (3600 / dtS)));
}

/** W it gives now. */
export function givesW(spec: BatterySpec, storedWh: number, dtS: number): number {
  const overWh = storedWh - (spec.capacityWh * spec.minPercent) / 100;
  return Math.max(0, Math.min(spec.maxDischargeW, overWh * spec.efficiency * (3600 / dtS)));
}

/** @param powerW + charges, − discharges, at the terminals */
export function storedAfter(spec: BatterySpec, storedWh: number, powerW: number, dtS: number): number {
  const hours = dtS / 3600;
  const change = powerW >= 0 ? powerW * spec.efficiency * hours : (powerW / spec.efficiency) * hours;
  return clamp(storedWh + change, 0, spec.capacityWh);
}
