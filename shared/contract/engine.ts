import { z } from 'zod';
import { Boost, Decision, LoadModel, Mode, Snapshot, Wish } from '../control.ts';
import { DeviceHealth } from '../device.ts';
import { DecisionMark, Report, Resolution, Today, Violation } from '../ledger.ts';
import { MarketSettings, MarketSnapshot, MarketView } from '../market.ts';
import { procedure, stream, type Contract } from '../rpc/contract.ts';
import { NewSite, Site, WhichSite } from '../site.ts';
import { AccessContract } from './access.ts';
import { BooksContract } from './books.ts';
import { Commissioning, SignCheck } from './commissioning.ts';
import { DeskContract } from './devices.ts';
import { DiagnosticsContract } from './diagnostics.ts';
import { Done, Nothing } from './done.ts';
import { HomeAssistantContract } from './home-assistant.ts';
import { PlannerContract } from './planner.ts';

/** What the top strip shows. */
export const SiteStatus = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  simulated: z.boolean(),
  /** The owner has a site of their own. */
  ownSite: z.boolean(),
  /** Site seconds per real second. */
  speed: z.number(),
  nowMs: z.number(),
  wish: Wish,
  /** Age of the oldest required reading; absent: at least one is missing. */
  freshnessMs: z.number().optional(),
  plant: z.enum(['pv', 'wind', 'hydro', 'other']),
  hasGrid: z.boolean(),
  hasBattery: z.boolean(),
  floorPercent: z.number().optional(),
  exportLimitW: z.number().optional(),
  /** Largest flow to be expected, W: the fixed scale of the flow picture. */
  scaleW: z.number(),
  version: z.string(),
});
export type SiteStatus = z.infer<typeof SiteStatus>;

/** The instant, as read and decided; absent powers are unknown, with `problems` naming the device. */
export const Live = z.object({
  atMs: z.number(),
  snapshot: Snapshot,
  decision: Decision,
  /** Site's demand, derived where no device reports it, W. */
  demandW: z.number().optional(),
  /** Sum over the loads; absent while the draw of one is unknown, W. */
  drawW: z.number().optional(),
  /** Sum over the miners that tell it, TH/s. */
  hashrateThs: z.number().optional(),
  unexplainedW: z.number().optional(),
  problems: z.array(
    z.object({
      quantity: z.string(),
      deviceId: z.string().optional(),
      message: z.string(),
      ageMs: z.number().optional(),
    }),
  ),
});
export type Live = z.infer<typeof Live>;

/** What was found out about a load while it ran; kept over restarts. */
export const LearnedOfLoad = z.object({
  /** Draw and hashrate that belong together once settled, ascending; empty: not seen yet. */
  curve: LoadModel.shape.curve,
  /** Its plug's figure over its own; absent: never compared. */
  plugFactor: z.number().positive().optional(),
  /** Draw while paused, as the plug saw it, W. */
  standbyW: z.number().min(0).optional(),
});
export type LearnedOfLoad = z.infer<typeof LearnedOfLoad>;

export const LoadView = z.object({
  /** Absent while the load cannot be commanded: it is shown, `health.fault` says why, and it is never counted as ours. */
  model: LoadModel.optional(),
  health: DeviceHealth,
  startsToday: z.number().int(),
  writesToday: z.number().int(),
  /** The device stops by itself when we are gone. */
  hasLease: z.boolean(),
  learned: LearnedOfLoad,
});
export type LoadView = z.infer<typeof LoadView>;

export const EngineEvent = z.object({
  atMs: z.number(),
  id: z.string(),
  level: z.enum(['info', 'warn', 'critical']),
  message: z.string(),
  subject: z.string().optional(),
});
export type EngineEvent = z.infer<typeof EngineEvent>;

export const EngineContract = {
  site: {
    status: stream(SiteStatus),
    get: procedure(Nothing, Site),
    /** Replaces the site; refused with the fields that contradict. Takes effect at once. */
    save: procedure(Site, Done),
    /** Begins a site of the owner's own, with a file and a database of its own, and starts anew on it. */
    create: procedure(NewSite, Done),
    /** Starts anew on the other site; this one stays as it is. */
    switchTo: procedure(z.strictObject({ site: WhichSite }), Done),
    commissioning: stream(Commissioning),
    signCheck: stream(SignCheck),
    /** Begins the check; until it is passed no load runs but, for as long as it takes, the one named in a kettle's place. */
    startSignCheck: procedure(z.strictObject({ load: z.string().optional() }), Done),
    cancelSignCheck: procedure(Nothing, Done),
  },
  control: {
    live: stream(Live),
    setMode: procedure(z.strictObject({ mode: Mode.exclude(['boost']) }), Done),
    stop: procedure(Nothing, Done),
    resume: procedure(Nothing, Done),
    pause: procedure(z.strictObject({ untilMs: z.number() }), Done),
    /** Begins a boost, or changes the running one. Refused without a permission, while stopped, and beyond 12 h. */
    boost: procedure(Boost, Done),
    /** Back to the mode before it. */
    endBoost: procedure(Nothing, Done),
    /** Changes in the control settings of the site, checked as one. */
    changeSettings: procedure(z.strictObject({ control: z.record(z.string(), z.unknown()) }), Done),
    marks: procedure(z.strictObject({ fromMs: z.number(), toMs: z.number() }), z.array(DecisionMark)),
  },
  devices: {
    health: stream(z.array(DeviceHealth)),
    loads: stream(z.array(LoadView)),
    ...DeskContract,
  },
  ledger: {
    today: stream(Today),
    report: procedure(z.strictObject({ fromMs: z.number(), toMs: z.number(), resolution: Resolution }), Report),
    violations: procedure(z.strictObject({ fromMs: z.number(), toMs: z.number() }), z.array(Violation)),
    /** Rows of a range as a table for spreadsheets, or as they are kept. */
    exportTable: procedure(
      z.strictObject({
        fromMs: z.number(),
        toMs: z.number(),
        resolution: Resolution,
        format: z.enum(['csv', 'json']),
      }),
      z.object({ name: z.string(), text: z.string() }),
    ),
    /** Copies the database aside and checks the copy. */
    backUp: procedure(
      Nothing,
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('ok'), file: z.string(), bytes: z.number() }),
        z.object({ outcome: z.literal('failed'), message: z.string() }),
      ]),
    ),
  },
  market: {
    view: stream(MarketView),
    settings: procedure(Nothing, MarketSettings),
    /** Another source is asked at once. Nothing is asked of the network unless the owner chose a source here. */
    changeSettings: procedure(MarketSettings, Done),
    /** A price or difficulty typed in by the owner; it counts as of its own time. */
    enter: procedure(MarketSnapshot, Done),
  },
  books: BooksContract,
  access: AccessContract,
  planner: PlannerContract,
  homeAssistant: HomeAssistantContract,
  diagnostics: DiagnosticsContract,
  events: { recent: stream(z.array(EngineEvent)) },
} satisfies Contract;
export type EngineContract = typeof EngineContract;
