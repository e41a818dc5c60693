import type { Tariff } from '#shared/market.ts';
import { inWeeklyWindow, wallClock } from '#shared/time.ts';

/** Prices in force at one moment, currency per kWh; an absent one is unknown. */
export interface PricesNow {
  importPerKwh?: number;
  exportPerKwh?: number;
  batteryPerKwh?: number;
}

export function pricesAt(tariff: Tariff, atMs: number, timeZone: string): PricesNow {
  return pricesOn(tariff, tariff.timeOfUse.length > 0 ? wallClock(atMs, timeZone) : { day: 1, minute: 0 });
}

/** Each price from the first row of its hours that has it, else the flat one. */
export function pricesOn(tariff: Tariff, clock: { day: number; minute: number }): PricesNow {
  const rows = tariff.timeOfUse.filter((row) => inWeeklyWindow(row, clock));
  const prices: PricesNow = {};
  const importPerKwh = rows.find((row) => row.importPerKwh !== undefined)?.importPerKwh ?? tariff.importPerKwh;
  const exportPerKwh = rows.find((row) => row.exportPerKwh !== undefined)?.exportPerKwh ?? tariff.exportPerKwh;
  if (importPerKwh !== undefined) prices.importPerKwh = importPerKwh;
  if (exportPerKwh !== undefined) prices.exportPerKwh = exportPerKwh;
  // What is stored saves bought energy later, unless the owner says otherwise.
  const batteryPerKwh = tariff.batteryPerKwh ?? tariff.importPerKwh;
  if (batteryPerKwh !== undefined) prices.batteryPerKwh = batteryPerKwh;
  return prices;
}
