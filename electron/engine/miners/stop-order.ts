import type { LoadModel } from '#shared/control.ts';
import { standbyLimitW, type Seen } from './obedience.ts';

/** Where a load stands on its way to a cut supply and back: pause → hashrate 0 → fans → plug. */
export type StopPhase = { is: 'powered' } | { is: 'cooling'; sinceMs: number } | { is: 'cut' };

export interface StopWish {
  /** The load should run. */
  run: boolean;
  /** The owner wants its standby draw gone too, or it did not obey. */
  cut: boolean;
  /** It did not obey: do not wait for a sign that never comes. */
  force: boolean;
}

// Fans carry the heat out of the boards for 60-120 s (miners.md 2.3).
const FANS_MS = 90_000;

/** The next phase. A relay is never opened on a load that hashes, unless it does not obey. */
export function nextStopPhase(
  phase: StopPhase,
  wish: StopWish,
  model: LoadModel,
  seen: Seen,
  nowMs: number,
): StopPhase {
  if (wish.run) return { is: 'powered' };
  if (phase.is === 'cut' || wish.force) return { is: 'cut' };
  if (!wish.cut) return { is: 'powered' };
  if (!standsStill(model, seen)) return { is: 'powered' };
  if (phase.is === 'powered') return { is: 'cooling', sinceMs: nowMs };
  return nowMs - phase.sinceMs >= FANS_MS ? { is: 'cut' } : phase;
}

function standsStill(model: LoadModel, seen: Seen): boolean {
  const paused = seen.state === 'paused' || seen.hashrate === 0;
  const quiet = seen.draw === undefined || seen.drawSource === 'estimated' || seen.draw <= standbyLimitW(model);
  return paused && quiet;
}
