import { z } from 'zod';
import { ChargerStage, CurtailmentCause, DrawSource, LoadState } from './reading.ts';

const timed = <T extends z.ZodType>(value: T) => z.object({ value, atMs: z.number() });
const timedW = timed(z.number().min(0));

/**
 * All fresh readings of one tick, merged over devices; a quantity that is unknown, stale, frozen or contradicted is absent.
 * Powers in W, directional, never negative. `atMs` of each is the instant it was measured.
 */
export const Snapshot = z.object({
  production: timedW.optional(),
  potential: timedW.optional(),
  import: timedW.optional(),
  export: timedW.optional(),
  charge: timedW.optional(),
  discharge: timedW.optional(),
  demand: timedW.optional(),
  soc: timedW.optional(),
  gridVoltage: timedW.optional(),
  gridFrequency: timedW.optional(),
  importByPhase: timed(z.tuple([z.number(), z.number(), z.number()])).optional(),
  exportByPhase: timed(z.tuple([z.number(), z.number(), z.number()])).optional(),
  exportLimit: timedW.optional(),
  curtailed: timed(z.boolean()).optional(),
  curtailmentCause: timed(CurtailmentCause).optional(),
  chargerStage: timed(ChargerStage).optional(),
  batteryFull: timed(z.boolean()).optional(),
  generatorRunning: timed(z.boolean()).optional(),
  /** The devices' own energy counters, Wh. */
  productionTotal: timedW.optional(),
  importTotal: timedW.optional(),
  exportTotal: timedW.optional(),
  roomTemperature: timed(z.number()).optional(),
  loads: z.record(
    z.string(),
    z.object({
      draw: timedW.optional(),
      drawSource: DrawSource.optional(),
      hashrate: timedW.optional(),
      state: timed(LoadState).optional(),
      temperature: timed(z.number()).optional(),
      powerTarget: timedW.optional(),
      /** Since the device started; `shareDifficulty` is that of one share now. */
      acceptedShares: timedW.optional(),
      acceptedDifficulty: timedW.optional(),
      shareDifficulty: timedW.optional(),
      /** Compute jobs: work is waiting. */
      waiting: timed(z.boolean()).optional(),
    }),
  ),
});
export type Snapshot = z.infer<typeof Snapshot>;
export type LoadSnapshot = Snapshot['loads'][string];

/** What control must know of a load; from the site file, sharpened by what the device tells. Powers W, times s. */
export const LoadModel = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['miner', 'compute', 'switch']),
  /** Lower number goes first. */
  priority: z.number().int().default(10),
  levels: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('range'),
      minW: z.number().positive(),
      maxW: z.number().positive(),
      stepW: z.number().positive(),
    }),
    /** Ascending watts of the levels it can run at, without 0. */
    z.object({ kind: z.literal('steps'), watts: z.array(z.number().positive()).min(1) }),
  ]),
  /** Power ↔ hashrate points, ascending; empty where unknown. */
  curve: z.array(z.object({ drawW: z.number(), hashrateThs: z.number() })).default([]),
  standbyW: z.number().min(0).default(0),
  /** Time from the start command to useful work, and the draw meanwhile. */
  startS: z.number().min(0).default(60),
  startW: z.number().min(0).default(0),
  rampUpWps: z.number().positive().default(1000),
  rampDownWps: z.number().positive().default(1000),
  /** Earliest raise or lowering after the last write. Stopping is always possible. */
  raiseGapS: z.number().min(0).default(60),
  lowerGapS: z.number().min(0).default(10),
  writesPerDay: z.number().int().positive().default(900),
  startsPerDay: z.number().int().positive().default(12),
  minRunS: z.number().min(0).default(0),
  minRestS: z.number().min(0).default(0),
  /** The device stops by itself when not renewed for so long; absent: it has no watchdog. */
  deviceLeaseS: z.number().positive().optional(),
  /** Owner's value per kWh for loads that do not mine, in the site's currency. */
  valuePerKwh: z.number().optional(),
  /** Heat reuse and the like, added to the value, per kWh. */
  bonusPerKwh: z.number().default(0),
  maxTemperatureC: z.number().optional(),
  phase: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal('all')]).default('all'),
  /** Loads that share one piece of silicon: a waiting compute job takes it from the miner. */
  sharesWith: z.string().optional(),
});
export type LoadModel = z.infer<typeof LoadModel>;

export const Mode = z.enum(['off', 'observe', 'surplus', 'boost']);
export type Mode = z.infer<typeof Mode>;

const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'use HH:MM');
/** Weekly window in the site's time zone; `days` 1 = Monday … 7 = Sunday; `to` before `from` runs past midnight. */
export const WeeklyWindow = z.object({
  days: z.array(z.number().int().min(1).max(7)).min(1),
  from: clockTime,
  to: clockTime,
});
export type WeeklyWindow = z.infer<typeof WeeklyWindow>;

/** The owner's settings that `step` obeys. */
export const ControlSettings = z.object({
  connection: z.enum(['grid', 'off-grid']).default('grid'),
  /** W; absent: unlimited; 0: zero export. */
  exportLimitW: z.number().min(0).optional(),
  /** Import of the whole site never above this while a load runs, W (main fuse). */
  importLimitW: z.number().positive().optional(),
  /** Per-phase fuse, A. */
  phaseFuseA: z.number().positive().optional(),
  battery: z
    .object({
      capacityWh: z.number().positive(),
      maxChargeW: z.number().positive(),
      maxDischargeW: z.number().positive(),
      /** Loads never take it below this, %. */
      floorPercent: z.number().min(0).max(100).default(10),
      /** Below it charging comes before the loads (battery first), %. */
      targetPercent: z.number().min(0).max(100).default(100),
    })
    .optional(),
  /** Smallest surplus left alone, W; the adaptive reserve adds to it. */
  reserveW: z.number().min(0).max(5000).default(0),
  /** Readings older than this are unknown: max(30 s, 3 polls). */
  maxAgeS: z.number().positive().default(30),
  meterPollS: z.number().positive().default(1),
  probe: z.object({ perProbeWh: z.number().min(0).default(5), perHourWh: z.number().min(0).default(30) }).prefault({}),
  quietHours: z.array(WeeklyWindow).default([]),
  /** Bought energy the owner declares as spare (contracted supply), W by calendar. */
  allowances: z.array(WeeklyWindow.extend({ powerW: z.number().positive() })).default([]),
  /** With no market data: run on would-be-lost energy only, or on all surplus. */
  withoutMarket: z.enum(['lost-only', 'all-surplus']).default('lost-only'),
  /** Mine only where it beats the alternative by this, currency per kWh. */
  marginPerKwh: z.number().default(0),
  /** Without a grid meter: production − this bound, only when the owner accepts it. */
  demandBoundW: z.number().min(0).optional(),
  generator: z.enum(['none', 'backup', 'flare']).default('none'),
  /** For the clear-sky shape; absent: shape learned from the plant alone. */
  location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  plant: z.enum(['pv', 'wind', 'hydro', 'other']).default('pv'),
  timeZone: z.string().default('UTC'),
  /** No load runs while the room is warmer. */
  maxRoomC: z.number().optional(),
});
export type ControlSettings = z.infer<typeof ControlSettings>;

/** More than the surplus for a time: bought, or from the battery. It ends by itself, by Stop and with the process. */
export const Boost = z.strictObject({
  /** Absent: every load. */
  loadId: z.string().optional(),
  untilMs: z.number(),
  /** Import of the site that it may cause at most, W; 0: nothing is bought. */
  importW: z.number().min(0).max(1_000_000),
  /** The battery may help down to here, %; absent: not at all. */
  batteryToPercent: z.number().min(0).max(100).optional(),
  /** It ends when so much was bought or taken from the battery, Wh. */
  energyWh: z.number().positive().optional(),
});
export type Boost = z.infer<typeof Boost>;

/** What the owner asks for right now. */
export const Wish = z.object({
  mode: Mode,
  /** Stop mining, held until Resume, also over restarts. */
  stopped: z.boolean().default(false),
  pauseUntilMs: z.number().optional(),
  boost: Boost.optional(),
  /** Sign check passed; until then no load runs. */
  commissioned: z.boolean(),
  engineStopping: z.boolean().default(false),
});
export type Wish = z.infer<typeof Wish>;

/** Prices now, in the site's currency; an absent one is unknown. */
export const MarketNow = z.object({
  /** Sats for 1 TH/s during one hour, before pool fee. */
  satsPerThHour: z.number().min(0).optional(),
  poolFee: z.number().min(0).max(1).default(0),
  /** Currency per sat. */
  pricePerSat: z.number().min(0).optional(),
  exportPerKwh: z.number().optional(),
  importPerKwh: z.number().optional(),
  /** What a stored kWh will save later. */
  batteryPerKwh: z.number().optional(),
  /** Mined value is usable; false when older than the owner's limit. */
  fresh: z.boolean().default(false),
});
export type MarketNow = z.infer<typeof MarketNow>;

/** The closed list of binding reasons, one per load per tick; the same word in UI, log and tests. */
export const ReasonId = z.enum([
  'mining-surplus',
  'waiting-for-surplus',
  'starting-soon',
  'holding-minimum-on',
  'import-guard',
  'meter-stale',
  'battery-first',
  'battery-floor',
  'export-pays-more',
  'probing',
  'quiet-hours',
  'observing',
  'boost',
  'off',
  'owner-stop',
  'paused',
  'generator',
  'fuse',
  'too-hot',
  'not-obeying',
  'not-commissioned',
  'resting',
  'ramping',
  'wear-budget',
  'compute-first',
  'no-market-data',
  'starting-up',
  'stopping',
  'tick-gap',
  'load-unreachable',
  'contracted',
]);
export type ReasonId = z.infer<typeof ReasonId>;

/** Numbers a reason's sentence shows. W, %, currency per kWh, epoch ms; only those the reason needs. */
export const Reason = z.object({
  id: ReasonId,
  powerW: z.number().optional(),
  surplusW: z.number().optional(),
  reserveW: z.number().optional(),
  neededW: z.number().optional(),
  socPercent: z.number().optional(),
  limitPercent: z.number().optional(),
  valuePerKwh: z.number().optional(),
  costPerKwh: z.number().optional(),
  temperatureC: z.number().optional(),
  sinceMs: z.number().optional(),
  untilMs: z.number().optional(),
  /** The sensor, load or limit it names. */
  subject: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;

/** A leased instruction: `setpointW` 0 is the safe state. */
export const Command = z.object({
  loadId: z.string(),
  setpointW: z.number().min(0),
  leaseUntilMs: z.number(),
  reason: ReasonId,
});
export type Command = z.infer<typeof Command>;

export const LoadDecision = z.object({
  loadId: z.string(),
  setpointW: z.number().min(0),
  reason: Reason,
  /** Steps from the surplus to the setpoint, for "How so?". */
  ladder: z.array(z.object({ step: z.string(), powerW: z.number(), binding: z.boolean() })),
  /** Earliest next raise and stop, where known. */
  raiseAtMs: z.number().optional(),
  stopAtMs: z.number().optional(),
  /** W of the setpoint above its share of headroom, open for a hold or a probe within its energy budget. */
  allowanceW: z.number().min(0).optional(),
});
export type LoadDecision = z.infer<typeof LoadDecision>;

/** One explained tick. Absent powers are unknown. */
export const Decision = z.object({
  atMs: z.number(),
  surplusW: z.number().min(0).optional(),
  /** True while hidden surplus may exist beyond `surplusW`. */
  surplusIsLowerBound: z.boolean(),
  reserveW: z.number().min(0),
  headroomW: z.number().min(0),
  /** Estimate of what the plant could make now. */
  potential: z
    .object({
      powerW: z.number().min(0),
      plusMinusW: z.number().min(0),
      method: z.enum(['reported', 'probed', 'modelled']),
    })
    .optional(),
  curtailedW: z.number().min(0).optional(),
  curtailmentCause: CurtailmentCause.optional(),
  guard: ReasonId.optional(),
  /** The owner's boost, also while its loads come down after it; energy bought or from the battery so far. */
  boost: z
    .object({ active: z.boolean(), usedWh: z.number().min(0), ended: z.enum(['time', 'energy', 'battery']).optional() })
    .optional(),
  loads: z.array(LoadDecision),
});
export type Decision = z.infer<typeof Decision>;

/** What `step` is given each tick. */
export interface StepInput {
  /** Epoch ms of this tick. */
  tickMs: number;
  /** Nominal distance of ticks, ms; absent: 1000. A gap of more than three makes every load safe. */
  periodMs?: number;
  snapshot: Snapshot;
  settings: ControlSettings;
  loads: readonly LoadModel[];
  market: MarketNow;
  wish: Wish;
}
