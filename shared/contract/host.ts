// What the shell's main process and the processes that it forks (engine, simulator) say to each other, beside the Port.
import { z } from 'zod';
import { Mode } from '../control.ts';
import { Site, WhichSite } from '../site.ts';

export const SimulatedSiteName = z.enum(['home', 'farm', 'stream']);
export type SimulatedSiteName = z.infer<typeof SimulatedSiteName>;

/** Site time is `siteMs + (wall clock - wallMs) * speed`, in the engine as in the simulator. */
export const SiteClock = z.strictObject({ wallMs: z.number(), siteMs: z.number(), speed: z.number().positive() });
export type SiteClock = z.infer<typeof SiteClock>;

/** What the simulator serves: its devices on loopback as a site, and the clock that engine and simulator share. */
export const SimulatedSite = z.strictObject({
  name: SimulatedSiteName,
  site: Site,
  clock: SiteClock,
});
export type SimulatedSite = z.infer<typeof SimulatedSite>;

/** Secret name to its plain value; kept encrypted by main, handed over at start and after each change. */
export const Secrets = z.record(z.string(), z.string());
export type Secrets = z.infer<typeof Secrets>;

/** What an owner can choose in the tray; a boost has an end and costs money, so it is begun in the window. */
export const TrayMode = Mode.exclude(['boost']);
export type TrayMode = z.infer<typeof TrayMode>;

export const TrayState = z.enum(['idle', 'mining', 'curtailing', 'off', 'attention']);
export type TrayState = z.infer<typeof TrayState>;

/** `port` carries a MessagePort beside it: one end of a Port whose other end a page holds. */
export const ToEngine = z.union([
  z.strictObject({
    kind: z.literal('start'),
    dataDir: z.string(),
    secrets: Secrets,
    /** The owner's own site, whether it is there yet or not. */
    siteFile: z.string(),
    /** Run this one instead. */
    simulated: SimulatedSite.optional(),
  }),
  z.strictObject({ kind: z.literal('port') }),
  z.strictObject({ kind: z.literal('secrets'), secrets: Secrets }),
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('stop') }),
  z.strictObject({ kind: z.literal('stop-mining') }),
  z.strictObject({ kind: z.literal('resume-mining') }),
  z.strictObject({ kind: z.literal('mode'), mode: TrayMode }),
]);
export type ToEngine = z.infer<typeof ToEngine>;

export const EngineStatus = z.strictObject({
  kind: z.literal('status'),
  trayState: TrayState,
  /** Draw of the loads while one runs, and the surplus, W; absent: unknown, or none runs. */
  drawW: z.number().optional(),
  surplusW: z.number().optional(),
  reason: z.string(),
  loadsRunning: z.int().nonnegative(),
  /** Of these, those that were told to run and do not work yet. */
  loadsStarting: z.int().nonnegative(),
  mode: Mode,
  /** The owner pressed Stop mining; it holds until Resume. */
  miningStopped: z.boolean(),
  /** Hold the computer awake while a load runs, if the owner wants that. */
  keepAwake: z.boolean(),
});
export type EngineStatus = z.infer<typeof EngineStatus>;

export const EngineNotice = z.strictObject({
  kind: z.literal('notify'),
  id: z.string(),
  level: z.enum(['info', 'warn', 'critical']),
  /** In English; who knows the id says it in the owner's language. */
  body: z.string(),
  /** The name of the load or device that it is about. */
  name: z.string().optional(),
  /** The hash route that deals with it, such as `#/devices`. */
  route: z.string().startsWith('#/').optional(),
});
export type EngineNotice = z.infer<typeof EngineNotice>;

/**
 * `refused`: the engine cannot work with what it was given (site file, database) and says what to do; starting it
 * again would not help. `stopped` answers `stop`: loads safe, database closed; `unconfirmed` names loads that did not say so.
 */
export const FromEngine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('refused'), message: z.string() }),
  EngineStatus,
  EngineNotice,
  /** A secret that the engine made and that main is to keep with the others. */
  z.strictObject({ kind: z.literal('keep-secret'), name: z.string().startsWith('spillway/'), value: z.string() }),
  /** The owner wants to go on with the other site. */
  z.strictObject({ kind: z.literal('switch'), site: WhichSite }),
  z.strictObject({ kind: z.literal('stopped'), unconfirmed: z.array(z.string()) }),
]);
export type FromEngine = z.infer<typeof FromEngine>;

/** `resumed` after a crash of the simulator: the engine goes on with the same addresses and the same clock. */
export const ToSimulator = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    site: SimulatedSiteName,
    speed: z.number().positive(),
    /** Where it keeps its last site time: the next start is at 10:00 of the day after, so that no slot comes twice. */
    dataDir: z.string(),
    resumed: SimulatedSite.optional(),
  }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToSimulator = z.infer<typeof ToSimulator>;

export const FromSimulator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), simulated: SimulatedSite }),
  z.strictObject({ kind: z.literal('stopped') }),
]);
export type FromSimulator = z.infer<typeof FromSimulator>;
