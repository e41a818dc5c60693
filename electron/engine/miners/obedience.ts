import type { LoadModel } from '#shared/control.ts';
import type { LoadReading } from '#shared/reading.ts';
import { largestW, smallestW } from './levels.ts';

/** What was asked last, since when, and from which draw it set out. */
export interface Asked {
  levelW: number;
  sinceMs: number;
  fromW: number;
}

export type Verdict = { is: 'obeys' | 'settling' | 'unknown' } | { is: 'disobeys'; because: string };

/** What is seen of the load now; absent is unknown. `drawSource` estimated says nothing about obedience. */
export type Seen = Pick<LoadReading, 'draw' | 'drawSource' | 'hashrate' | 'state'>;

// Averages of hashrate and of the supply's watts trail behind by about this much (Braiins last_1m, Whatsminer MHS 5s).
const STOP_GRACE_S = 75;
const RUN_GRACE_S = 90;
/** A meter plug and the miner's own figure differ by losses and noise. */
const OVER_FACTOR = 1.15;
const OVER_W = 30;
const ASLEEP_SHARE = 0.3;
const FALLING_SHARE = 0.9;

/** Seconds until watts, hashrate and status must agree with what was asked. */
export function settleS(model: LoadModel, asked: Asked): number {
  if (asked.levelW === 0) return Math.max(asked.fromW, 0) / model.rampDownWps + STOP_GRACE_S;
  const starting = asked.fromW < 0.5 * smallestW(model.levels);
  const change = Math.abs(asked.levelW - asked.fromW);
  const ramp = change / (asked.levelW > asked.fromW ? model.rampUpWps : model.rampDownWps);
  return (starting ? model.startS : 0) + ramp + RUN_GRACE_S;
}

/** Above this a load that should stand still is running. */
export function standbyLimitW(model: LoadModel): number {
  return Math.max(model.standbyW * 1.2 + 5, 0.2 * smallestW(model.levels));
}

/** A command counts when watts, hashrate and status agree. */
export function judge(model: LoadModel, asked: Asked, seen: Seen, nowMs: number): Verdict {
  const contradiction = asked.levelW === 0 ? stillRuns(model, seen) : runsWrong(model, asked, seen);
  if (contradiction === undefined) return { is: isKnown(seen) ? 'obeys' : 'unknown' };
  const settled = nowMs - asked.sinceMs >= settleS(model, asked) * 1000;
  return settled ? { is: 'disobeys', because: contradiction } : { is: 'settling' };
}

/** Enough to leave it alone at quitting: hashing has ended, or it says so and its draw falls; averages may trail. */
export function hasStopped(model: LoadModel, asked: Asked, seen: Seen): boolean {
  if (seen.hashrate === 0) return true;
  if (seen.state !== 'paused' && seen.state !== 'offline') return false;
  return seen.draw === undefined || seen.draw <= Math.max(standbyLimitW(model), FALLING_SHARE * asked.fromW);
}

const measured = (seen: Seen) => (seen.drawSource === 'estimated' ? undefined : seen.draw);

function isKnown(seen: Seen): boolean {
  return seen.state !== undefined || seen.hashrate !== undefined || measured(seen) !== undefined;
}

function stillRuns(model: LoadModel, seen: Seen): string | undefined {
  const draw = measured(seen);
  if (draw !== undefined && draw > standbyLimitW(model)) return `it still draws ${Math.round(draw)} W`;
  if (seen.hashrate !== undefined && seen.hashrate > 0) return 'it still hashes';
  return seen.state === 'mining' || seen.state === 'starting' ? 'it still says that it runs' : undefined;
}

function runsWrong(model: LoadModel, asked: Asked, seen: Seen): string | undefined {
  const draw = measured(seen);
  if (draw !== undefined && draw > asked.levelW * OVER_FACTOR + OVER_W && asked.levelW < largestW(model.levels))
    return `it draws ${Math.round(draw)} W instead of ${Math.round(asked.levelW)} W`;
  if (seen.state === 'paused' || seen.state === 'offline') return 'it stays paused';
  if (seen.state === 'fault') return 'it reports a fault';
  if (model.kind === 'miner' && seen.hashrate === 0) return 'it does not hash';
  if (draw !== undefined && model.kind !== 'compute' && draw < ASLEEP_SHARE * asked.levelW)
    return `it draws only ${Math.round(draw)} W`;
  return undefined;
}

/** What follows the n-th time (from 1) that a settled load does not do what it was told. */
export function escalate(time: number, asked: Asked, hasPlug: boolean): 'retry' | 'plug' | 'alarm' {
  if (time <= 2) return 'retry';
  // Cutting the supply helps a load that will not stop; it does not make one start.
  return asked.levelW === 0 && hasPlug ? 'plug' : 'alarm';
}
