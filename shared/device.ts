import { z } from 'zod';
import { LoadModel } from './control.ts';

/** A program and its arguments, run without a shell. */
const argv = z.array(z.string().min(1).max(4096)).min(1).max(64);

const host = z.string().min(1).max(253);
const port = z.number().int().min(1).max(65535);

/** The owner said that this address outside of the home network is meant. */
const beyondHome = z.literal(true).optional();

/** How to reach a device. Secrets are named, never written here. */
export const Connection = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('modbus-tcp'),
    host,
    port: port.default(502),
    unit: z.number().int().min(0).max(255).default(1),
    beyondHome,
  }),
  z.strictObject({
    transport: z.literal('modbus-rtu-tcp'),
    host,
    port,
    unit: z.number().int().min(0).max(255).default(1),
    beyondHome,
  }),
  z.strictObject({
    transport: z.literal('modbus-rtu'),
    path: z.string().min(1),
    baudRate: z.number().int().positive().default(9600),
    parity: z.enum(['none', 'even', 'odd']).default('none'),
    stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
    unit: z.number().int().min(0).max(255).default(1),
  }),
  z.strictObject({
    transport: z.literal('http'),
    host,
    port: port.default(80),
    tls: z.boolean().default(false),
    user: z.string().optional(),
    /** Name of the secret that holds the password or token. */
    secret: z.string().optional(),
    /** SHA-256 fingerprint of the device's own certificate, pinned at first contact. */
    fingerprint: z.string().optional(),
    beyondHome,
  }),
  z.strictObject({
    transport: z.literal('tcp'),
    host,
    port,
    secret: z.string().optional(),
    user: z.string().optional(),
    beyondHome,
  }),
  z.strictObject({ transport: z.literal('udp'), host, port, beyondHome }),
  z.strictObject({ transport: z.literal('multicast'), group: z.string(), port, interface: z.string().optional() }),
  z.strictObject({
    transport: z.literal('serial'),
    path: z.string().min(1),
    baudRate: z.number().int().positive().default(115200),
  }),
  z.strictObject({
    transport: z.literal('mqtt'),
    url: z.string().regex(/^(mqtts?|wss?):\/\//, 'use mqtt://host:port or mqtts://host:port'),
    topic: z.string().min(1),
    user: z.string().optional(),
    secret: z.string().optional(),
    beyondHome,
  }),
]);
export type Connection = z.infer<typeof Connection>;
export type Transport = Connection['transport'];

/** Loads may also be programs of this computer. */
export const LoadConnection = z.discriminatedUnion('transport', [
  ...Connection.options,
  /** A program on this computer. Accepted from the local site file only: elsewhere it would be remote code execution. */
  z.strictObject({
    transport: z.literal('process'),
    start: argv,
    /** Absent: `start` keeps running and is stopped by signals. Present: `start` returns, as with a service. */
    stop: argv.optional(),
    /** Exits 0 while a service runs. */
    running: argv.optional(),
    /** Exits 0 while work is waiting. */
    busy: argv.optional(),
    directory: z.string().optional(),
    /** Tool that reads and limits the power of GPU number `gpu`. */
    gpu: z.number().int().min(0).max(63).optional(),
    nvidiaSmi: z.string().min(1).default('nvidia-smi'),
  }),
]);
export type LoadConnection = z.infer<typeof LoadConnection>;

/** What a plant device is asked for; the site takes only these quantities from it. */
export const Role = z.enum(['production', 'battery', 'grid', 'demand', 'generator']);
export type Role = z.infer<typeof Role>;

/** Directions that a device can have the other way round: its grid meter's, its battery's. */
export const Direction = z.enum(['grid', 'battery']);
export type Direction = z.infer<typeof Direction>;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and hyphens');

export const PlantDevice = z.strictObject({
  id,
  name: z.string().min(1).max(80),
  family: z.string().min(1),
  roles: z.array(Role).min(1),
  connection: Connection,
  /** What the owner has told the app where the device cannot know: channel, topic path … */
  setup: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** What is the other way round: `grid` changes import and export, `battery` charge and discharge; `true` is both. */
  swapped: z
    .preprocess((told) => (told === true ? Direction.options : told === false ? [] : told), z.array(Direction))
    .default([]),
  /** Seconds between polls. */
  pollS: z.number().positive().max(3600).default(1),
});
export type PlantDevice = z.infer<typeof PlantDevice>;

// Without LoadModel's defaults: a default here would override what the device tells of itself.
const LoadOverride = z.strictObject(
  Object.fromEntries(
    Object.entries(LoadModel.shape).map(([name, schema]) => [
      name,
      (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional(),
    ]),
  ),
) as unknown as z.ZodType<Partial<LoadModel>, Partial<z.input<typeof LoadModel>>>;

/** A load we may command. `model` overrides what the device tells of itself. */
export const LoadDevice = z.strictObject({
  id,
  name: z.string().min(1).max(80),
  family: z.string().min(1),
  connection: LoadConnection,
  setup: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  pollS: z.number().positive().max(3600).default(2),
  model: LoadOverride.optional(),
  /** A switched plug that measures or, as the last resort, cuts this load. */
  plug: z
    .strictObject({
      family: z.string(),
      connection: Connection,
      setup: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    })
    .optional(),
});
export type LoadDevice = z.infer<typeof LoadDevice>;

/** Expected failures of talking to a device: what, and whether trying again can help. */
export const DeviceFault = z.object({
  kind: z.enum([
    'unreachable',
    'timeout',
    'garbage',
    'exception',
    'unauthorized',
    'refused',
    'unsupported',
    'busy',
    'changed-identity',
  ]),
  /** Names the device's address and what to do next. */
  message: z.string(),
});
export type DeviceFault = z.infer<typeof DeviceFault>;

export const DeviceHealth = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['plant', 'load']),
  family: z.string(),
  roles: z.array(Role),
  address: z.string(),
  status: z.enum(['connecting', 'live', 'slow', 'stale', 'failing']),
  ageMs: z.number().optional(),
  sinceMs: z.number().optional(),
  nextTryMs: z.number().optional(),
  fault: DeviceFault.optional(),
  roundTripMs: z.number().optional(),
  errorPercent: z.number().min(0).max(100).optional(),
  model: z.string().optional(),
  firmware: z.string().optional(),
});
export type DeviceHealth = z.infer<typeof DeviceHealth>;
