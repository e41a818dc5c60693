import { z } from 'zod';
import { procedure, stream, type Contract } from '../rpc/contract.ts';

const Nothing = z.strictObject({});
const Done = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok') }),
  z.object({ outcome: z.literal('refused'), problems: z.array(z.object({ field: z.string(), message: z.string() })) }),
]);

/** What somebody who comes over the network may be: `viewer` looks, `owner` also changes. */
export const RemoteRole = z.enum(['viewer', 'owner']);
export type RemoteRole = z.infer<typeof RemoteRole>;

/** `local`: the window of the app, or a browser on this computer that was given the token of the terminal. */
export const Role = z.enum([...RemoteRole.options, 'local']);
export type Role = z.infer<typeof Role>;

/** A phone or computer that is let in. */
export const AccessSession = z.object({
  id: z.string(),
  role: RemoteRole,
  /** What the browser says of itself, such as `Android`. */
  name: z.string(),
  createdMs: z.number(),
  /** To the hour. */
  seenMs: z.number(),
  expiresMs: z.number(),
});
export type AccessSession = z.infer<typeof AccessSession>;

/** The way in for phones and other computers of the local network. */
export const AccessState = z.object({
  enabled: z.boolean(),
  port: z.number().int(),
  /** Further names by which the owner opens this computer, beside its addresses and its own name. */
  names: z.array(z.string()),
  hasPassword: z.boolean(),
  /** `https://…`, as they are typed into a browser; empty: nobody is listening. */
  addresses: z.array(z.string()),
  /** Why nobody is listening though it is switched on. */
  problem: z.string().optional(),
  certificate: z
    .object({
      kind: z.enum(['made', 'own']),
      /** SHA-256, as browsers show it. */
      fingerprint: z.string(),
      validToMs: z.number(),
    })
    .optional(),
  sessions: z.array(AccessSession),
});
export type AccessState = z.infer<typeof AccessState>;

/** Shortest password; at the rate that is let through, a machine needs longer than a life for it. */
export const PASSWORD_LENGTH = 10;

export const AccessContract = {
  /** What the caller may do. */
  me: procedure(Nothing, z.object({ role: Role })),
  state: stream(AccessState),
  /** Refused as long as there is no password, and where nobody can listen on the port. */
  change: procedure(
    z.strictObject({
      enabled: z.boolean().optional(),
      port: z.number().int().min(1).max(65535).optional(),
      names: z
        .array(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'a name like spillway.example'))
        .max(8)
        .optional(),
    }),
    Done,
  ),
  /** Everyone who came with the old one, or by pairing, has to come again. */
  setPassword: procedure(z.strictObject({ password: z.string().min(PASSWORD_LENGTH).max(200) }), Done),
  /** An address that lets one device in, once, within minutes; a new one replaces it. */
  pair: procedure(
    z.strictObject({ role: RemoteRole, address: z.string().max(300).optional() }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('ok'), url: z.string(), untilMs: z.number() }),
      z.object({ outcome: z.literal('refused'), message: z.string() }),
    ]),
  ),
  endSession: procedure(z.strictObject({ id: z.string().max(100) }), Done),
  /** The owner's own certificate and its key, as PEM. */
  useCertificate: procedure(
    z.strictObject({ certificate: z.string().max(100_000), key: z.string().max(20_000) }),
    Done,
  ),
  /** Back to one that Spillway makes; a new one is made. */
  makeCertificate: procedure(Nothing, Done),
} satisfies Contract[string];
