import type { Command, LoadModel, LoadSnapshot } from '#shared/control.ts';
import type { Tick } from './context.ts';
import { watchObedience } from './obey.ts';
import type { Verdict } from './reasons.ts';
import { clampLevel, minLevelW } from './response.ts';
import type { LoadTrack } from './state.ts';

/** A command holds for this long and is renewed at half of it; a device's own watchdog may be shorter. */
const LEASE_MS = 60_000;
/** A load that does not answer at start-up is told to be safe all the same. */
const RECONCILE_MS = 30_000;

const leaseMs = (load: LoadModel): number => Math.min(LEASE_MS, (load.deviceLeaseS ?? Infinity) * 1000);

/** At the first sight of a load: one found running keeps its setpoint as ours (the same tick decides on), others are made safe. */
export function reconcile(load: LoadModel, track: LoadTrack, told: LoadSnapshot | undefined, nowMs: number): void {
  if (track.reconciled) return;
  if (told === undefined) {
    track.reconciled = nowMs - track.firstSeenMs >= RECONCILE_MS;
    return;
  }
  const drawW = told.draw?.value;
  const running = told.state?.value === 'mining' || (drawW !== undefined && drawW >= 0.8 * minLevelW(load));
  track.reconciled = told.state !== undefined || drawW !== undefined || nowMs - track.firstSeenMs >= RECONCILE_MS;
  if (!running) return;
  track.setpointW = clampLevel(load, told.powerTarget?.value ?? drawW ?? minLevelW(load));
  track.phase = 'on';
  track.startedAtMs = nowMs;
}

/** Takes the verdict over into the load's memory. @returns whether the present command must be given once more */
export function commit(
  tick: Tick,
  load: LoadModel,
  track: LoadTrack,
  out: Verdict,
  told: LoadSnapshot | undefined,
): boolean {
  const { nowMs, state } = tick;
  if (out.reason.id !== track.lastReason) {
    track.lastReason = out.reason.id;
    track.reasonSinceMs = nowMs;
  }
  if (track.phase === 'starting' && nowMs - track.startedAtMs >= load.startS * 1000) track.phase = 'on';
  if (out.setpointW === track.setpointW)
    return track.setpointW > 0 || track.writtenAtMs >= 0
      ? watchObedience(load, track, told, nowMs, tick.ageLimitMs)
      : false;
  if (track.setpointW === 0) {
    track.phase = 'starting';
    track.startedAtMs = nowMs;
    track.starts += 1;
  } else if (out.setpointW === 0) {
    track.phase = 'off';
    track.stoppedAtMs = nowMs;
    track.wantedS = 0;
    if (state.probe.loadId === load.id) state.probe.loadId = '';
  }
  track.setpointW = out.setpointW;
  track.writtenAtMs = nowMs;
  track.writes += 1;
  track.leaseUntilMs = -1;
  return false;
}

/** Emits a command where the setpoint changed, its lease is half over, or the load did not obey. */
export function command(
  tick: Tick,
  load: LoadModel,
  track: LoadTrack,
  out: Verdict,
  again: boolean,
  commands: Command[],
): void {
  const { nowMs } = tick;
  const lease = leaseMs(load);
  if (!again && track.leaseUntilMs >= 0 && track.leaseUntilMs - nowMs > lease / 2) return;
  if (!track.reconciled) return;
  track.leaseUntilMs = nowMs + lease;
  commands.push({
    loadId: load.id,
    setpointW: track.setpointW,
    leaseUntilMs: track.leaseUntilMs,
    reason: out.reason.id,
  });
}
