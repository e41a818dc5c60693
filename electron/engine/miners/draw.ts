import type { DrawSource, LoadReading } from '#shared/reading.ts';
import { drawAtHashrate, type Curve } from './curve.ts';

/** What a plug has taught about a load: its factor over the miner's own figure, and what it draws while paused. */
export interface Calibration {
  factor?: number;
  standbyW?: number;
}

export interface Draw {
  draw: number;
  drawSource: DrawSource;
}

const WEIGHT = 0.1;
/** A factor outside is no loss of a supply but a plug on another load. */
const PLAUSIBLE = { least: 0.8, most: 1.6 };

const blend = (old: number | undefined, seen: number) => (old === undefined ? seen : old + WEIGHT * (seen - old));

/** @param mostStandbyW above this a load that says paused is not: its draw still falls, or it woke meanwhile */
export function calibrate(known: Calibration, miner: LoadReading, plugW: number, mostStandbyW: number): Calibration {
  if (miner.state === 'paused')
    return plugW <= mostStandbyW ? { ...known, standbyW: blend(known.standbyW, plugW) } : known;
  if (miner.state !== 'mining' || miner.draw === undefined || miner.draw <= 0) return known;
  const factor = plugW / miner.draw;
  if (factor < PLAUSIBLE.least || factor > PLAUSIBLE.most) return known;
  return { ...known, factor: blend(known.factor, factor) };
}

/** The best figure for the draw at the wall: the plug's, else the miner's, else one from its curve. */
export function bestDraw(
  miner: LoadReading | undefined,
  plugW: number | undefined,
  known: Calibration,
  curve: Curve,
): Draw | undefined {
  if (plugW !== undefined) return { draw: plugW, drawSource: 'plug' };
  if (!miner) return undefined;
  if (miner.draw !== undefined) {
    if (known.factor !== undefined) return { draw: miner.draw * known.factor, drawSource: 'estimated' };
    return { draw: miner.draw, drawSource: miner.drawSource ?? 'estimated' };
  }
  if (miner.state === 'paused' && known.standbyW !== undefined)
    return { draw: known.standbyW, drawSource: 'estimated' };
  const fromCurve = miner.hashrate === undefined ? undefined : drawAtHashrate(curve, miner.hashrate);
  return fromCurve === undefined ? undefined : { draw: fromCurve, drawSource: 'estimated' };
}
