import { z } from 'zod';
import { CounterCheck, Disposal, LotBook, LotMethod, Payout } from '../ledger.ts';
import { procedure, type Contract } from '../rpc/contract.ts';

const Nothing = z.strictObject({});
const File = z.object({ name: z.string(), text: z.string() });
const Range = z.strictObject({ fromMs: z.number(), toMs: z.number() });
/** Largest text an owner can hand over in one piece. */
const text = z.string().max(1_000_000);
/** A large file goes over in parts, one after the other, under a name of the page's own, and is then taken in by it. */
const file = z.string().min(1).max(64);
/** Fits a message of the browser's connection however it is written. */
export const FILE_PART = 150_000;

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

/** Where the chain from device to payout loses something, most likely. */
export const DriftCause = z.enum([
  'none',
  'noise',
  'device-over-reports',
  'device-under-reports',
  'pool-credits-less',
  'other-miners',
  'payment-missing',
  'unknown-credit',
]);
export type DriftCause = z.infer<typeof DriftCause>;

/** How long the fine grain is kept; slots stay for ever. Raw readings in hours, one-minute means in days. */
export const Retention = z.strictObject({
  rawHours: z.number().int().min(1).max(336),
  minuteDays: z.number().int().min(31).max(3660),
});
export type Retention = z.infer<typeof Retention>;

/** Slots before the month of a moment, to be taken away or just counted. */
const Forgotten = z.object({ beforeMs: z.number(), slots: z.number().int() });

/** A checked copy of the ledger; `name` tells it, `endMs` is the end of its last slot. */
export const BackupView = z.object({ name: z.string(), bytes: z.number(), endMs: z.number().optional() });
export type BackupView = z.infer<typeof BackupView>;

/** From device to payout, since the pool was first asked: where something gets lost, and why most likely. Sats. */
export const PoolChain = z.object({
  poolId: z.string(),
  sinceMs: z.number(),
  estimatedSats: z.number(),
  /** The same work by accepted shares, and how many; absent where the miners tell none. */
  verifiedSats: z.number().optional(),
  shares: z.number().optional(),
  creditedSats: z.number().optional(),
  unpaidSats: z.number().optional(),
  paidSats: z.number(),
  /** Verified less estimate, and credit less verified (or estimate), each as a share of the latter. */
  deviceDrift: z.number().optional(),
  drift: z.number().optional(),
  cause: DriftCause,
  /** Solo: chance of a block so far, 0..1, and what that work brings on average: expected, not income. */
  blockChance: z.number().optional(),
  expectedSats: z.number().optional(),
});
export type PoolChain = z.infer<typeof PoolChain>;

/** Lots, payouts and disposals, and the ledger as a file. */
export const BooksContract = {
  lots: procedure(z.strictObject({ method: LotMethod }), LotBook),
  lotsFile: procedure(z.strictObject({ method: LotMethod, format: z.enum(['csv', 'json']) }), File),
  /** A payout that is known already (by its id) changes nothing. */
  addPayouts: procedure(z.strictObject({ payouts: z.array(Payout) }), Imported),
  setPrice: procedure(z.strictObject({ id: z.string(), perBitcoin: z.number().positive() }), Imported),
  addDisposals: procedure(z.strictObject({ disposals: z.array(Disposal) }), Imported),
  removeDisposal: procedure(z.strictObject({ id: z.string() }), Imported),
  importPayoutsCsv: procedure(z.strictObject({ text }), Imported),
  importDisposalsCsv: procedure(z.strictObject({ text }), Imported),
  /** Day-ahead prices of any days; `perKwh` as in the source. Slots that lacked them are filled in and marked. */
  importPricesCsv: procedure(
    z.strictObject({ text, start: z.string(), price: z.string(), perKwh: z.number().positive() }),
    Imported,
  ),
  /** Begins a file or adds to it; those that nobody takes in are forgotten for newer ones. */
  handPart: procedure(z.strictObject({ file, text: z.string().max(FILE_PART) }), Imported),
  importPastCsv: procedure(z.strictObject({ file, mapping: PastMapping }), Imported),
  exportLedger: procedure(Range, File),
  importLedger: procedure(z.strictObject({ file }), Imported),
  /** The devices' own energy counters beside what was measured. */
  counters: procedure(Range, z.array(CounterCheck)),
  retention: procedure(Nothing, Retention),
  keep: procedure(Retention, Retention),
  /** What `forget` would take away. */
  forgetPreview: procedure(z.strictObject({ beforeMs: z.number() }), Forgotten),
  /** Takes slots away for good; payouts, lots and disposals stay. */
  forget: procedure(z.strictObject({ beforeMs: z.number() }), Forgotten),
  /** Newest first; `ordered` is restored at the next start, with the ledger of now kept beside it. */
  backups: procedure(Nothing, z.object({ backups: z.array(BackupView), ordered: z.string().optional() })),
  orderRestore: procedure(z.strictObject({ name: z.string() }), Imported),
  cancelRestore: procedure(Nothing, z.object({ outcome: z.literal('ok') })),
  chains: procedure(Nothing, z.array(PoolChain)),
  /** First and last moment with a slot; absent: the ledger is empty. */
  span: procedure(Nothing, z.object({ firstMs: z.number().optional(), endMs: z.number().optional() })),
} satisfies Contract[string];
