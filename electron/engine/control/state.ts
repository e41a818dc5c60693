import type { CurtailmentCause } from '#shared/reading.ts';
import type { ReasonId } from '#shared/control.ts';
import { initialProbe, type ProbeState } from './hidden-surplus.ts';
import { initialSky, type SkyState } from './forecast.ts';
import { initialSpells, type Spells } from './spells.ts';
import { initialTrust, type TrustState } from './validity.ts';

export type Phase = 'off' | 'starting' | 'on';

/** What control remembers of one load. Times epoch ms; -1 means never. */
export interface LoadTrack {
  setpointW: number;
  phase: Phase;
  /** The load was seen and its running state taken over or made safe. */
  reconciled: boolean;
  firstSeenMs: number;
  writtenAtMs: number;
  startedAtMs: number;
  stoppedAtMs: number;
  leaseUntilMs: number;
  /** Last draws with their instants, newest at `drawHead`. */
  drawsW: number[];
  drawsAtMs: number[];
  drawHead: number;
  /** For how long the surplus would have carried a start; leaks away faster than it gathers. */
  wantedS: number;
  /** Energy above headroom since the present hold or probe began, W·s. */
  overWs: number;
  spells: Spells;
  starts: number;
  writes: number;
  /** Local day the two counters belong to. */
  day: number;
  obey: { sinceMs: number; tries: number; flagged: boolean; retryAtMs: number };
  lastReason: ReasonId | 'none';
  reasonSinceMs: number;
}

export interface ControlState {
  version: 1;
  lastTickMs: number;
  sky: SkyState;
  trust: TrustState;
  probe: ProbeState;
  /** Target state of charge was reached; charging is divertible until it falls clearly below. */
  batteryMet: boolean;
  /** Drawn by our loads, and of it from the battery, fading over a day, W·s. */
  drawnWs: number;
  batteryFedWs: number;
  boostWs: number;
  boostUntilMs: number;
  /** Last tick at which one gave power. */
  boostAtMs: number;
  /** A boost that ended does not come back. */
  boostEnded: 'time' | 'energy' | 'battery' | null;
  /** Last tick at which it took nothing from a battery that it may not take from. */
  boostBesideMs: number;
  curtailedSinceMs: number;
  /** Last tick at which it was held back. */
  curtailedAtMs: number;
  curtailmentCause: CurtailmentCause | 'none';
  loads: Record<string, LoadTrack>;
}

/** JSON-able; `step` consumes it. */
export function initialState(): ControlState {
  return {
    version: 1,
    lastTickMs: -1,
    sky: initialSky(),
    trust: initialTrust(),
    probe: initialProbe(),
    batteryMet: false,
    drawnWs: 0,
    batteryFedWs: 0,
    boostWs: 0,
    boostUntilMs: -1,
    boostAtMs: -1,
    boostEnded: null,
    boostBesideMs: -1,
    curtailedSinceMs: -1,
    curtailedAtMs: -1,
    curtailmentCause: 'none',
    loads: {},
  };
}

export function initialTrack(nowMs: number): LoadTrack {
  return {
    setpointW: 0,
    phase: 'off',
    reconciled: false,
    firstSeenMs: nowMs,
    writtenAtMs: -1,
    startedAtMs: -1,
    stoppedAtMs: -1,
    leaseUntilMs: -1,
    drawsW: [],
    drawsAtMs: [],
    drawHead: -1,
    wantedS: 0,
    overWs: 0,
    spells: initialSpells(),
    starts: 0,
    writes: 0,
    day: -1,
    obey: { sinceMs: -1, tries: 0, flagged: false, retryAtMs: -1 },
    lastReason: 'none',
    reasonSinceMs: nowMs,
  };
}
