import type { LoadModel } from '#shared/control.ts';
import type { LoadSet } from './loads.ts';
import type { Before } from './run.ts';
import type { Site } from './sites.ts';
import type { Trace } from './traces.ts';

export const POLICY_IDS = ['spillway', 'B1', 'B2', 'B3', 'B4', 'oracle', 'oracle12'] as const;
export type PolicyId = (typeof POLICY_IDS)[number];

/** What the devices show at a tick: flows of a second ago, with the meter's noise. Absent is unknown. */
export interface Observation {
  /** Second of the day at which it is read. */
  t: number;
  /** Second of the day at which the grid meter measured; older than the others while it is silent. */
  meterT: number;
  importW: number | undefined;
  exportW: number | undefined;
  productionW: number;
  chargeW: number | undefined;
  dischargeW: number | undefined;
  socPercent: number | undefined;
  frequencyHz: number | undefined;
  chargerStage: 'off' | 'bulk' | 'absorption' | 'float' | undefined;
  batteryFull: boolean | undefined;
  loads: readonly LoadObservation[];
  /** Sum of the loads' draws. */
  drawW: number;
}

export interface LoadObservation {
  model: LoadModel;
  drawW: number;
  phase: 'off' | 'starting' | 'on';
  /** In force. */
  setpointW: number;
}

export interface PolicyContext {
  trace: Trace;
  site: Site;
  set: LoadSet;
  /** For the oracles only. */
  before: Before;
}

export interface Policy {
  id: PolicyId;
  /** Perfect foresight: its plant follows at once and its writes are never refused. */
  free: boolean;
  /** Wanted setpoint of each load, in the set's order; the plant decides what of it is a write. */
  decide(seen: Observation): ArrayLike<number>;
  /** The binding reason of the last tick, for the log. */
  reason(): string;
}

export type PolicyFactory = (context: PolicyContext) => Policy;
