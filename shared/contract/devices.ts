import { z } from 'zod';
import { procedure, stream, type Contract } from '../rpc/contract.ts';
import { Connection, DeviceFault, LoadDevice, PlantDevice, Role } from '../device.ts';
import { LoadReading, PlantReading } from '../reading.ts';
import { LoadModel } from '../control.ts';
import { Done, Nothing } from './done.ts';

/** A family of plant devices the owner may choose, and what it can tell. */
export const PlantFamily = z.object({
  id: z.string(),
  vendor: z.string(),
  models: z.array(z.string()),
  transports: z.array(z.string()),
  /** Quantities of a reading. */
  gives: z.array(z.string()),
  /** How it shows curtailment: F flag, L limit, B battery, H frequency, P potential; '' none. */
  curtailment: z.string(),
  port: z.number().optional(),
  unit: z.number().optional(),
  pollS: z.number(),
  roles: z.array(Role),
  /** What the owner must or may tell: key → explanation. */
  setup: z.record(z.string(), z.string()),
  source: z.string(),
  /** A profile of the owner's own. */
  own: z.boolean().optional(),
});
export type PlantFamily = z.infer<typeof PlantFamily>;

/** A family of loads the owner may choose, and what to know of it before. */
export const LoadFamily = z.object({
  family: z.string(),
  name: z.string(),
  kind: z.enum(['miner', 'compute', 'switch']),
  transport: z.enum(['http', 'tcp', 'mqtt', 'process']),
  port: z.number().optional(),
  needs: z.enum(['nothing', 'password', 'token']),
  /** What the maker gives it; filled in only where the owner asks for it. */
  factoryLogin: z.object({ user: z.string(), password: z.string() }).optional(),
  levels: z.enum(['range', 'steps', 'on-off']),
  draw: z.enum(['measured', 'estimated', 'none']),
  /** What a power cut makes of a stop. */
  afterPowerCut: z.string(),
  /** Stops by itself when this program is gone. */
  lease: z.enum(['none', 'device', 'off-timer']),
  advice: z.string(),
});
export type LoadFamily = z.infer<typeof LoadFamily>;

/** Something found on the network, ready to be added to the site. */
export const Found = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plant'),
    family: z.string(),
    name: z.string(),
    roles: z.array(Role),
    connection: Connection,
    setup: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
  z.object({ kind: z.literal('load'), family: z.string(), name: z.string(), connection: Connection }),
]);
export type Found = z.infer<typeof Found>;

/** The search of the local network; it runs only when asked. */
export const Search = z.object({
  phase: z.enum(['idle', 'searching', 'done', 'cancelled']),
  done: z.number(),
  total: z.number(),
  found: z.array(Found),
});
export type Search = z.infer<typeof Search>;

export const Tried = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('ok'),
    /** The newest. */
    reading: PlantReading,
    /** All readings of the test, and between what each number moved. */
    seen: z
      .object({
        readings: z.number().int(),
        missed: z.number().int(),
        ranges: z.record(z.string(), z.object({ least: z.number(), most: z.number() })),
      })
      .optional(),
  }),
  z.object({ outcome: z.literal('failed'), fault: DeviceFault }),
]);
export type Tried = z.infer<typeof Tried>;

/** What a load tells of itself and can do, before it is part of the site. */
export const TriedLoad = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), reading: LoadReading, capabilities: LoadModel.partial() }),
  z.object({ outcome: z.literal('failed'), fault: DeviceFault }),
]);
export type TriedLoad = z.infer<typeof TriedLoad>;

/** The last reply of a device for diagnosis, fit to be sent: addresses, names and serial numbers are blanked. */
export const DeviceReport = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), text: z.string() }),
  z.object({ outcome: z.literal('unknown'), message: z.string() }),
]);
export type DeviceReport = z.infer<typeof DeviceReport>;

const DeviceId = z.strictObject({ id: PlantDevice.shape.id });

/** A device family of the owner's own, as the text of a profile file. */
const ProfileText = z.strictObject({ text: z.string().max(200_000) });
export const ProfileChecked = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), family: z.string() }),
  /** Each names the field. */
  z.object({ outcome: z.literal('refused'), problems: z.array(z.string()) }),
]);
export type ProfileChecked = z.infer<typeof ProfileChecked>;

/** A profile of the owner's own as it is kept, and the names of the devices that are read by it. */
const OwnProfile = z.object({ id: z.string(), text: z.string(), usedBy: z.array(z.string()) });
export type OwnProfile = z.infer<typeof OwnProfile>;

/** For a live test before anything is kept: the password that the connection's `secret` will name. */
const password = z.string().max(4096).optional();

/** Names with a slash are Spillway's own. */
export const SecretName = z
  .string()
  .max(200)
  .regex(/^[^/]+$/, 'a name without a slash');

/** Finding, trying and keeping devices. */
export const DeskContract = {
  /** What the owner may choose from, profiles of their own included. */
  families: procedure(Nothing, z.array(PlantFamily)),
  loadFamilies: procedure(Nothing, z.array(LoadFamily)),
  search: stream(Search),
  /** Searches the local networks once, read-only, for at most half a minute. */
  startSearch: procedure(Nothing, Done),
  cancelSearch: procedure(Nothing, Done),
  /** Reads a device for some seconds that need not be in the site yet. */
  tryPlant: procedure(z.strictObject({ device: PlantDevice, password }), Tried),
  /** Reads a load once; it is never commanded here. */
  tryLoad: procedure(z.strictObject({ device: LoadDevice, password }), TriedLoad),
  /** Takes a device into the site, in the place of the one with its id where there is one; all others go on undisturbed. */
  savePlant: procedure(PlantDevice, Done),
  saveLoad: procedure(LoadDevice, Done),
  /** A load is made safe first. */
  remove: procedure(DeviceId, Done),
  /** Keeps a password where a host without a key store keeps them; in the window the shell does it. */
  saveSecret: procedure(z.strictObject({ name: SecretName, value: z.string().max(4096) }), Done),
  report: procedure(DeviceId, DeviceReport),
  checkProfile: procedure(ProfileText, ProfileChecked),
  /** The live test before saving. */
  tryProfile: procedure(ProfileText.extend({ device: PlantDevice, password }), Tried),
  ownProfiles: procedure(Nothing, z.array(OwnProfile)),
  /** Refused while a device of the site is read by it. */
  removeProfile: procedure(DeviceId, Done),
  /** Keeps it as a file; its family can be chosen at once, and devices of it are read by it from now on. */
  saveProfile: procedure(ProfileText, ProfileChecked),
} satisfies Contract[string];
