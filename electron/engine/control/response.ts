import type { LoadModel } from '#shared/control.ts';
import type { LoadTrack } from './state.ts';

const DRAW_RING = 16;

export const minLevelW = (load: LoadModel): number =>
  load.levels.kind === 'range' ? load.levels.minW : (load.levels.watts[0] ?? 0);

export const maxLevelW = (load: LoadModel): number =>
  load.levels.kind === 'range' ? load.levels.maxW : (load.levels.watts[load.levels.watts.length - 1] ?? 0);

/** @returns the highest level at or below `powerW`; 0 where none fits */
export function levelAtMost(load: LoadModel, powerW: number): number {
  const { levels } = load;
  if (levels.kind === 'range') {
    if (powerW < levels.minW) return 0;
    if (powerW >= levels.maxW) return levels.maxW;
    return levels.minW + Math.floor((powerW - levels.minW) / levels.stepW + 1e-9) * levels.stepW;
  }
  let fit = 0;
  for (const watts of levels.watts) if (watts <= powerW) fit = watts;
  return fit;
}

/** Remembers a measured draw under its own instant. */
export function noteDraw(track: LoadTrack, drawW: number, atMs: number): void {
  const { drawHead } = track;
  if (drawHead >= 0 && atMs <= (track.drawsAtMs[drawHead] ?? -1)) return;
  const next = (drawHead + 1) % DRAW_RING;
  track.drawsW[next] = drawW;
  track.drawsAtMs[next] = atMs;
  track.drawHead = next;
}

/** @returns draw at `atMs`: between two measurements, or onward from the last by the load's own response */
export function drawAt(load: LoadModel, track: LoadTrack, atMs: number): number {
  const { drawHead } = track;
  if (drawHead < 0) return expectedDraw(load, track, 0, track.writtenAtMs < 0 ? atMs : track.writtenAtMs, atMs);
  let laterW = track.drawsW[drawHead] ?? 0;
  let laterMs = track.drawsAtMs[drawHead] ?? 0;
  if (atMs >= laterMs) return expectedDraw(load, track, laterW, laterMs, atMs);
  for (let back = 1; back < track.drawsW.length; back += 1) {
    const index = (drawHead - back + DRAW_RING) % DRAW_RING;
    const w = track.drawsW[index] ?? 0;
    const ms = track.drawsAtMs[index] ?? 0;
    if (atMs >= ms) return w + ((laterW - w) * (atMs - ms)) / (laterMs - ms);
    laterW = w;
    laterMs = ms;
  }
  return laterW;
}

/** Draw at `toMs` of a load that drew `fromW` at `fromMs` and follows its present setpoint. */
export function expectedDraw(load: LoadModel, track: LoadTrack, fromW: number, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return fromW;
  if (track.setpointW <= 0)
    return Math.max(Math.min(fromW, load.standbyW), fromW - (load.rampDownWps * (toMs - fromMs)) / 1000);
  const readyMs = track.startedAtMs + load.startS * 1000;
  if (track.phase === 'starting' && toMs < readyMs) return Math.max(load.startW, Math.min(fromW, load.startW));
  const movingS = Math.max(0, toMs - (track.phase === 'starting' ? Math.max(fromMs, readyMs) : fromMs)) / 1000;
  const baseW = track.phase === 'starting' ? Math.max(fromW, load.startW) : fromW;
  return baseW < track.setpointW
    ? Math.min(track.setpointW, baseW + load.rampUpWps * movingS)
    : Math.max(track.setpointW, baseW - load.rampDownWps * movingS);
}

/** @returns the level next to what the load was found at */
export const clampLevel = (load: LoadModel, powerW: number): number =>
  Math.max(minLevelW(load), levelAtMost(load, powerW));
