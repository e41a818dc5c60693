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

/** @returns what a kWh is worth in this load, at the best point of its curve */
export function valuePerKwh(load: LoadModel, market: MarketNow): number | undefined {
  const perTh = load.kind === 'miner' ? thHourValue(market) : undefined;
  let thPerKw = 0;
  for (const { drawW, hashrateThs } of load.curve)
    if (drawW > 0) thPerKw = Math.max(thPerKw, (1000 * hashrateThs) / drawW);
  if (perTh === undefined || thPerKw <= 0)
    return load.valuePerKwh === undefined ? undefined : load.valuePerKwh + load.bonusPerKwh;
  return thPerKw * perTh + load.bonusPerKwh;
}

/**
 * Along a measured curve every further watt brings less: the highest power whose last step still earns its cost, W.
 * Infinity: no price or no curve tells, or all of it does.
 */
export function worthwhileW(
  load: LoadModel,
  origin: Origin,
  settings: ControlSettings,
  market: MarketNow,
  setpointW: number,
): number {
  const cost = costPerKwh(origin, market);
  const perTh = thHourValue(market);
  if (load.kind !== 'miner' || load.curve.length < 2 || cost === undefined || perTh === undefined) return Infinity;
  for (let at = 1; at < load.curve.length; at += 1) {
    const from = load.curve[at - 1];
    const to = load.curve[at];
    if (from === undefined || to === undefined) break;
    const thPerKw = (1000 * (to.hashrateThs - from.hashrateThs)) / (to.drawW - from.drawW);
    const value = thPerKw * perTh + load.bonusPerKwh;
    const edge = setpointW > from.drawW ? HYSTERESIS * Math.abs(value) : 0;
    if (value + edge <= cost + settings.marginPerKwh) return from.drawW;
  }
  return Infinity;
}

/** What 1 TH/s earns in an hour after the pool's fee; undefined without usable prices. */
function thHourValue({ fresh, satsPerThHour, pricePerSat, poolFee }: MarketNow): number | undefined {
  if (!fresh || satsPerThHour === undefined || pricePerSat === undefined) return undefined;
  return satsPerThHour * (1 - poolFee) * pricePerSat;
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
