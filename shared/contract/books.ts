import { z } from 'zod';
import { Disposal, LotBook, LotMethod, Payout } from '../ledger.ts';
import { procedure, type Contract } from '../rpc/contract.ts';

const Nothing = z.strictObject({});
const Range = z.strictObject({ fromMs: z.number(), toMs: z.number() });
/** Largest text an owner can hand over: ten years of hourly rows. */
const text = z.string().max(100_000_000);

/** What was taken in; `refused` names the row or the field, and nothing was taken. */
export const Imported = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), added: z.number().int(), skipped: z.number().int() }),
  z.object({ outcome: z.literal('refused'), message: z.string() }),
]);
export type Imported = z.infer<typeof Imported>;

/** Which column of an owner's own records holds what; energies of the row, or its mean power. */
export const PastMapping = z.strictObject({
  start: z.string(),
  /** Absent: a row lasts until the next. */
  end: z.string().optional(),
  unit: z.enum(['Wh', 'kWh', 'W', 'kW']),
  production: z.string().optional(),
  import: z.string().optional(),
  export: z.string().optional(),
  charge: z.string().optional(),
  discharge: z.string().optional(),
});
export type PastMapping = z.infer<typeof PastMapping>;

/** From device to payout, since the pool was first asked: where something gets lost, and why most likely. Sats. */
export const PoolChain = z.object({
  poolId: z.string(),
  sinceMs: z.number(),
  estimatedSats: z.number(),
  creditedSats: z.number().optional(),
  unpaidSats: z.number().optional(),
  paidSats: z.number(),
  /** Credit less estimate, as a share of the estimate. */
  drift: z.number().optional(),
  cause: z.enum(['none', 'noise', 'device-over-reports', 'other-miners', 'payment-missing', 'unknown-credit']),
  /** Solo: chance of a block so far, 0..1, and what that work brings on average: expected, not income. */
  blockChance: z.number().optional(),
  expectedSats: z.number().optional(),
});
export type PoolChain = z.infer<typeof PoolChain>;

/** Lots, payouts and disposals, and the ledger as a file. */
export const BooksContract = {
  lots: procedure(z.strictObject({ method: LotMethod }), LotBook),
  lotsCsv: procedure(z.strictObject({ method: LotMethod }), z.object({ name: z.string(), text: z.string() })),
  /** A payout that is known already (by its id) changes nothing. */
  addPayouts: procedure(z.strictObject({ payouts: z.array(Payout) }), Imported),
  setPrice: procedure(z.strictObject({ id: z.string(), perBitcoin: z.number().positive() }), Imported),
  addDisposals: procedure(z.strictObject({ disposals: z.array(Disposal) }), Imported),
  removeDisposal: procedure(z.strictObject({ id: z.string() }), Imported),
  importPayoutsCsv: procedure(z.strictObject({ text }), Imported),
  importDisposalsCsv: procedure(z.strictObject({ text }), Imported),
  importPastCsv: procedure(z.strictObject({ text, mapping: PastMapping }), Imported),
  exportLedger: procedure(Range, z.object({ name: z.string(), text: z.string() })),
  importLedger: procedure(z.strictObject({ text }), Imported),
  chains: procedure(Nothing, z.array(PoolChain)),
  /** First and last moment with a slot; absent: the ledger is empty. */
  span: procedure(Nothing, z.object({ firstMs: z.number().optional(), endMs: z.number().optional() })),
} satisfies Contract[string];
