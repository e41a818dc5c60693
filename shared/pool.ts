import { z } from 'zod';
import { Payout } from './ledger.ts';

export const PoolKind = z.enum(['braiins', 'ocean', 'f2pool', 'viabtc', 'ckpool', 'public-pool']);
export type PoolKind = z.infer<typeof PoolKind>;

/** An account at a pool. Tokens are secrets and only named here. */
export const PoolAccount = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and hyphens'),
  kind: PoolKind,
  /** User name, or the payout address where the pool knows miners by it. */
  user: z.string().min(1).max(120),
  secret: z.string().optional(),
  /** A pool of one's own; absent: the public one. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Not asked; what it told stays, with its age. */
  off: z.boolean().default(false),
});
export type PoolAccount = z.infer<typeof PoolAccount>;

/** What a pool says of an account at `atMs`; what it does not tell is absent. */
export const PoolState = z.object({
  atMs: z.number(),
  hashrateThs: z.number().min(0).optional(),
  /** Credited and not yet paid, sats. */
  unpaidSats: z.number().int().optional(),
  /** Credited since the account began, paid or not, sats. */
  earnedSats: z.number().int().optional(),
  /** Σ difficulty of accepted shares: what a solo pool counts instead of credit. */
  acceptedDifficulty: z.number().min(0).optional(),
  /** Income here is a matter of luck: never an amount, only a chance. */
  solo: z.boolean(),
  payouts: z.array(Payout),
});
export type PoolState = z.infer<typeof PoolState>;
