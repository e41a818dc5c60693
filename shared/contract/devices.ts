import { z } from 'zod';
import { Connection, DeviceFault, PlantDevice, Role } from '../device.ts';
import { LoadReading, PlantReading } from '../reading.ts';
import { LoadModel } from '../control.ts';

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
});
export type PlantFamily = z.infer<typeof PlantFamily>;

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
  z.object({ outcome: z.literal('ok'), reading: PlantReading }),
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

export const DeviceId = z.strictObject({ id: PlantDevice.shape.id });

/** A device family of the owner's own, as the text of a profile file. */
export const ProfileText = z.strictObject({ text: z.string().max(200_000) });
export const ProfileChecked = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), family: z.string() }),
  /** Each names the field. */
  z.object({ outcome: z.literal('refused'), problems: z.array(z.string()) }),
]);
export type ProfileChecked = z.infer<typeof ProfileChecked>;
