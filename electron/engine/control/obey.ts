import type { LoadModel, LoadSnapshot } from '#shared/control.ts';
import { drawAt } from './response.ts';
import type { LoadTrack } from './state.ts';
import { isFresh } from './validity.ts';

/** Grace beyond the load's own response before an answer is called disobedience, s (Braiins resume is re-issued after about 30 s). */
const GRACE_S = 30;
const TRIES = 3;
const RETRY_S = 30;
/** Standby draw wanders by a fifth, and small readings by some watts. */
const STANDBY_SPREAD = 1.2;
const SLACK_W = 20;

/**
 * Compares what the load does with what it was told, by watts, hashrate and state.
 * @returns whether the last command must be given once more
 */
export function watchObedience(
  load: LoadModel,
  track: LoadTrack,
  told: LoadSnapshot | undefined,
  nowMs: number,
  limitMs: number,
): boolean {
  const { obey } = track;
  const defies = told !== undefined && defiance(load, track, told, nowMs, limitMs);
  if (!defies) {
    obey.sinceMs = -1;
    obey.tries = 0;
    // A load that would not stop stays flagged until it does; one that would not start is tried again by the next start.
    obey.flagged = obey.flagged && told === undefined;
    return false;
  }
  if (obey.sinceMs < 0) {
    obey.sinceMs = nowMs;
    obey.retryAtMs = nowMs;
  }
  if (obey.tries >= TRIES) obey.flagged = true;
  if (nowMs < obey.retryAtMs) return false;
  obey.tries += 1;
  obey.retryAtMs = nowMs + RETRY_S * 1000 * obey.tries;
  return obey.tries <= TRIES || track.setpointW === 0;
}

function defiance(load: LoadModel, track: LoadTrack, told: LoadSnapshot, nowMs: number, limitMs: number): boolean {
  const sinceS = (nowMs - Math.max(track.writtenAtMs, 0)) / 1000;
  if (track.writtenAtMs < 0) return false;
  const draw = isFresh(told.draw, nowMs, limitMs) && told.draw.atMs > track.writtenAtMs ? told.draw.value : undefined;
  const hashes =
    isFresh(told.hashrate, nowMs, limitMs) && told.hashrate.atMs > track.writtenAtMs
      ? told.hashrate.value > 0
      : undefined;
  if (track.setpointW === 0) {
    const downS = Math.max(...track.drawsW, 0) / load.rampDownWps;
    if (sinceS < downS + GRACE_S) return false;
    return draw === undefined ? told.state?.value === 'mining' : draw > load.standbyW * STANDBY_SPREAD + SLACK_W;
  }
  const rampS = track.setpointW / load.rampUpWps;
  const startS = track.startedAtMs >= track.writtenAtMs - 1 || track.phase === 'starting' ? load.startS : 0;
  if (sinceS < startS + rampS + 2 * GRACE_S) return false;
  if (draw === undefined)
    return told.state !== undefined && told.state.value !== 'mining' && told.state.value !== 'starting';
  const wantW = drawAt(load, track, draw === undefined ? nowMs : (told.draw?.atMs ?? nowMs));
  const tooMuch = draw > Math.max(track.setpointW, wantW) * 1.25 + 5 * SLACK_W;
  const asleep = draw < 0.3 * track.setpointW && hashes !== true;
  return tooMuch || asleep;
}
