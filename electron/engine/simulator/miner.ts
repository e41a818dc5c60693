import { clamp } from '#shared/units.ts';
import { randomStream } from './noise.ts';

export interface MinerSpec {
  minW: number;
  maxW: number;
  standbyW: number;
  /** Seconds of warm-up at `startW` without hashing. */
  startS: number;
  startW: number;
  rampUpWps: number;
  rampDownWps: number;
  /** Power ↔ hashrate, ascending. */
  curve: readonly { drawW: number; hashrateThs: number }[];
  poolDifficulty: number;
}

/** One simulated miner: what was asked of it and what it does. */
export interface Miner {
  readonly spec: MinerSpec;
  wanted: 'run' | 'pause';
  targetW: number;
  phase: 'paused' | 'starting' | 'mining';
  drawW: number;
  hashrateThs: number;
  startLeftS: number;
  uptimeS: number;
  chipC: number;
  /** TH since start. */
  work: number;
  accepted: number;
  rejected: number;
  bestShare: number;
  lastShareS: number;
  starts: number;
  /** Without a pool it hashes on and finds nobody to take a share. */
  poolAlive: boolean;
  step(dtS: number): void;
}

export function hashrateAt(curve: MinerSpec['curve'], drawW: number): number {
  const above = curve.findIndex((point) => point.drawW >= drawW);
  if (above === 0)
    return drawW < (curve[0]?.drawW ?? 0) * 0.5 ? 0 : ((curve[0]?.hashrateThs ?? 0) * drawW) / (curve[0]?.drawW ?? 1);
  const low = curve[above - 1] ?? curve.at(-1);
  const high = curve[above];
  if (!low) return 0;
  if (!high) return low.hashrateThs;
  return low.hashrateThs + ((high.hashrateThs - low.hashrateThs) * (drawW - low.drawW)) / (high.drawW - low.drawW);
}

/** A miner that has just been powered and waits, paused, at its smallest level. */
export function createMiner(spec: MinerSpec, seed: number): Miner {
  const random = randomStream(seed);
  // Hashes to the next share are exponentially distributed around difficulty · 2^32.
  const nextShareTh = () => (-Math.log(1 - random()) * spec.poolDifficulty * 2 ** 32) / 1e12;
  let shareLeftTh = nextShareTh();

  return {
    spec,
    wanted: 'pause',
    targetW: spec.minW,
    phase: 'paused',
    drawW: spec.standbyW,
    hashrateThs: 0,
    startLeftS: 0,
    uptimeS: 0,
    chipC: 32,
    work: 0,
    accepted: 0,
    rejected: 0,
    bestShare: 0,
    lastShareS: 0,
    starts: 0,
    poolAlive: true,
    step(dtS) {
      this.uptimeS += dtS;
      if (this.wanted === 'pause') {
        this.phase = 'paused';
        this.startLeftS = 0;
      } else if (this.phase === 'paused') {
        this.phase = 'starting';
        this.startLeftS = spec.startS;
        this.starts += 1;
      } else if (this.phase === 'starting' && (this.startLeftS -= dtS) <= 0) this.phase = 'mining';

      const goal = this.phase === 'mining' ? this.targetW : this.phase === 'starting' ? spec.startW : spec.standbyW;
      // Warm-up is one switch of fans and supply; only hashing power ramps.
      const up = this.phase === 'mining' ? spec.rampUpWps : spec.startW;
      this.drawW = clamp(goal, this.drawW - spec.rampDownWps * dtS, this.drawW + up * dtS);
      this.hashrateThs = this.phase === 'mining' ? hashrateAt(spec.curve, this.drawW) * (0.985 + 0.03 * random()) : 0;
      const heat = 30 + (38 * this.drawW) / spec.maxW;
      this.chipC += (heat - this.chipC) * (1 - Math.exp(-dtS / 90));

      const done = this.hashrateThs * dtS;
      this.work += done;
      shareLeftTh -= done;
      while (shareLeftTh <= 0) {
        shareLeftTh += nextShareTh();
        if (!this.poolAlive) continue;
        if (random() < 0.002) this.rejected += 1;
        else this.accepted += 1;
        this.lastShareS = this.uptimeS;
        this.bestShare = Math.max(this.bestShare, Math.round(spec.poolDifficulty / (1 - random())));
      }
    },
  };
}
