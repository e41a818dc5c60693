import { createMiner, type Miner, type MinerSpec } from '../miner.ts';

/** How real devices let one down (miners.md 0, 1.2 to 1.8). */
export interface Quirks {
  /** Says ok to a stop and goes on (S21+, asic-rs #310). */
  ignoresStop?: boolean;
  /** So many resumes are answered ok without effect (Braiins). */
  flakyResumes?: number;
  /** A reboot forgets that it was paused (Bitaxe, Avalon Q). */
  forgetsPause?: boolean;
  /** Reads only: the write API is off. */
  readOnly?: boolean;
  /** Every n-th reply is broken JSON. */
  malformedEvery?: number;
}

/** A simulated miner whose time is the site's, whatever wire it hangs on. */
export interface Behaving {
  readonly quirks: Quirks;
  /** As it is at this instant. */
  now(): Miner;
  /** Energy drawn since the beginning, Wh. */
  energyWh(): number;
  want(run: boolean): void;
  /** Draw it aims at, as far as it can. */
  aimAt(watts: number): void;
  reboot(): void;
  /** The text, or now and then something that is no JSON. */
  spoil(reply: string): string;
}

const STEP_S = 1;

export function behaving(nowMs: () => number, spec: Partial<MinerSpec> = {}, quirks: Quirks = {}): Behaving {
  const full: MinerSpec = {
    minW: 900,
    maxW: 3000,
    standbyW: 20,
    startS: 60,
    startW: 150,
    rampUpWps: 15,
    rampDownWps: 100,
    curve: [
      { drawW: 900, hashrateThs: 30 },
      { drawW: 3000, hashrateThs: 100 },
    ],
    poolDifficulty: 1024,
    ...spec,
  };
  const miner = createMiner(full, 7);
  let atMs = nowMs();
  let energyWh = 0;
  let replies = 0;
  let flaky = quirks.flakyResumes ?? 0;

  function now(): Miner {
    for (let left = (nowMs() - atMs) / 1000; left > 0; left -= STEP_S) {
      const dtS = Math.min(STEP_S, left);
      miner.step(dtS);
      energyWh += (miner.drawW * dtS) / 3600;
    }
    atMs = nowMs();
    return miner;
  }

  return {
    quirks,
    now,
    energyWh: () => (now(), energyWh),
    want(run) {
      now();
      if (!run && quirks.ignoresStop) return;
      if (run && flaky-- > 0) return;
      miner.wanted = run ? 'run' : 'pause';
    },
    aimAt(watts) {
      now();
      miner.targetW = Math.min(full.maxW, Math.max(full.minW, watts));
    },
    reboot() {
      now();
      miner.uptimeS = 0;
      miner.phase = 'paused';
      if (quirks.forgetsPause) miner.wanted = 'run';
    },
    spoil(reply) {
      const every = quirks.malformedEvery ?? Infinity;
      return ++replies % every === 0 ? reply.slice(0, Math.floor(reply.length / 3)).replace(/^./, '<') : reply;
    },
  };
}
