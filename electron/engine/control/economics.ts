import type { ControlSettings, LoadModel, MarketNow } from '#shared/control.ts';

/** Where the next kWh would come from. */
export type Origin = 'lost' | 'export' | 'battery' | 'grid';

export interface Worth {
  run: boolean;
  valuePerKwh: number | undefined;
  costPerKwh: number | undefined;
  /** No usable price: the owner's fallback decides. */
  blind: boolean;
}

/** A running load stops only when it is clearly beaten, so that a price at the edge does not toggle it. */
const HYSTERESIS = 0.05;

/** @returns what a kWh is worth in this load, at its average or (with a curve) marginal efficiency */
export function valuePerKwh(load: LoadModel, market: MarketNow): number | undefined {
  if (load.kind !== 'miner') return load.valuePerKwh === undefined ? undefined : load.valuePerKwh + load.bonusPerKwh;
  const top = load.curve[load.curve.length - 1];
  if (
    top === undefined ||
    top.drawW <= 0 ||
    !market.fresh ||
    market.satsPerThHour === undefined ||
    market.pricePerSat === undefined
  )
    return load.valuePerKwh === undefined ? undefined : load.valuePerKwh + load.bonusPerKwh;
  const hashPerKw = (1000 * top.hashrateThs) / top.drawW;
  return hashPerKw * market.satsPerThHour * (1 - market.poolFee) * market.pricePerSat + load.bonusPerKwh;
}

export function costPerKwh(origin: Origin, market: MarketNow): number | undefined {
  if (origin === 'lost') return 0;
  if (origin === 'export') return market.exportPerKwh;
  return origin === 'battery' ? (market.batteryPerKwh ?? market.exportPerKwh) : market.importPerKwh;
}

export function judgeWorth(
  load: LoadModel,
  origin: Origin,
  settings: ControlSettings,
  market: MarketNow,
  running: boolean,
): Worth {
  const value = valuePerKwh(load, market);
  const cost = costPerKwh(origin, market);
  if (value === undefined || cost === undefined) {
    const run = origin === 'lost' || settings.withoutMarket === 'all-surplus';
    return { run, valuePerKwh: value, costPerKwh: cost, blind: !run };
  }
  const gapPerKwh = value - cost - settings.marginPerKwh;
  const edge = running ? -HYSTERESIS * Math.abs(value) : 0;
  return { run: gapPerKwh > edge, valuePerKwh: value, costPerKwh: cost, blind: false };
}
