// What a page may ask of the desktop shell. A browser on the headless host has no shell and no such Port.
import { z } from 'zod';
import { noticeKinds } from '../notices.ts';
import { procedure, stream, type Contract } from '../rpc/contract.ts';
import { SecretName } from './devices.ts';

const Nothing = z.strictObject({});
const Outcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok') }),
  z.object({ outcome: z.literal('refused'), message: z.string() }),
]);

/**
 * How the preload hands a Port to the page: `window.postMessage` to the page's own origin with one MessagePort beside
 * it, after each load for both, and again for the engine after each of its restarts.
 */
export const PortHandOver = z.strictObject({ kind: z.literal('spillway-port'), port: z.enum(['engine', 'shell']) });
export type PortHandOver = z.infer<typeof PortHandOver>;

/** The engine's process as its supervisor sees it; `lost`: it crashed too often and stays down. */
export const EngineProcess = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running'), restarts: z.int().nonnegative() }),
  z.object({ state: z.literal('restarting'), message: z.string(), waitMs: z.number() }),
  z.object({ state: z.literal('refused'), message: z.string() }),
  z.object({ state: z.literal('lost'), message: z.string() }),
  z.object({ state: z.literal('stopping'), loadsRunning: z.int().nonnegative(), deadlineMs: z.number() }),
]);
export type EngineProcess = z.infer<typeof EngineProcess>;

export const Language = z.enum(['en', 'de', 'es', 'ar']);
export type Language = z.infer<typeof Language>;

export const Theme = z.enum(['system', 'light', 'dark']);

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const NoticeSettings = z.strictObject({
  off: z.array(z.enum(noticeKinds)),
  quiet: z.strictObject({ from: clockTime, to: clockTime }).optional(),
});

export const ShellInfo = z.object({
  version: z.string(),
  electron: z.string(),
  platform: z.string(),
  simulated: z.boolean(),
  /** `plain`: this desktop keeps no key ring, so secrets are only as safe as the user's files. */
  secretStore: z.enum(['encrypted', 'plain', 'none']),
});
export type ShellInfo = z.infer<typeof ShellInfo>;

/** `none`: this build has no source of updates, and asks nobody. */
export const UpdateState = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['none', 'off', 'waiting']) }),
  z.object({ state: z.literal('current'), checkedMs: z.number() }),
  z.object({ state: z.literal('downloading'), version: z.string() }),
  /** Put in place when no load has run for a while, when the owner quits, or says so. */
  z.object({ state: z.literal('ready'), version: z.string(), notes: z.string() }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof UpdateState>;

export const Desktop = z.object({
  startAtLogin: z.boolean(),
  /** Updates by itself, where this build has a source of updates. */
  updates: z.boolean(),
  /** Closing the window asks; else it goes on in the background without a word. */
  asksOnClose: z.boolean(),
});
export type Desktop = z.infer<typeof Desktop>;

export const ShellContract = {
  app: {
    info: procedure(Nothing, ShellInfo),
    /** The last lines of the shell's log, its engine's among them, for diagnostics. */
    recentLog: procedure(Nothing, z.array(z.string())),
    engine: stream(EngineProcess),
    restartEngine: procedure(Nothing, Outcome),
    quit: procedure(Nothing, Outcome),
    update: stream(UpdateState),
    /** Makes every load safe, then restarts with the update; refused while a load is being started. */
    installUpdate: procedure(Nothing, Outcome),
  },
  window: {
    /** Window, tray, menus, dialogs and notifications follow what the owner chose in the page. */
    follow: procedure(z.strictObject({ theme: Theme, language: Language, notices: NoticeSettings }), Outcome),
  },
  /** What this computer does with the app. */
  desktop: {
    get: procedure(Nothing, Desktop),
    change: procedure(Desktop.partial().strict(), Outcome),
  },
  files: {
    chooseSiteFile: procedure(
      Nothing,
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('chosen'), path: z.string() }),
        z.object({ outcome: z.literal('cancelled') }),
      ]),
    ),
    saveText: procedure(
      z.strictObject({ name: z.string().max(200), text: z.string() }),
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('saved'), path: z.string() }),
        z.object({ outcome: z.literal('cancelled') }),
        z.object({ outcome: z.literal('failed'), message: z.string() }),
      ]),
    ),
  },
  /** A page can write secrets and see their names, never their values. */
  secrets: {
    names: procedure(Nothing, z.array(z.string())),
    save: procedure(z.strictObject({ name: SecretName, value: z.string().max(4096) }), Outcome),
    remove: procedure(z.strictObject({ name: SecretName }), Outcome),
  },
} satisfies Contract;
export type ShellContract = typeof ShellContract;
