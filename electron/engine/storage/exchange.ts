import { z } from 'zod';
import { MarketNow } from '#shared/control.ts';
import { Disposal, Earnings, Flows, Origin, Payout } from '#shared/ledger.ts';
import { breathe } from '#engine/system/breathe.ts';
import { slotsOfPast, wrongPastRow, type PastRow } from '#engine/accounting/past.ts';
import type { WritableDatabase } from './database.ts';
import type { Lots } from './lots.ts';
import type { PricedSlot, Slots } from './slots.ts';
import type { Summing } from './summing.ts';

const whole = z.number().int();

const SlotFile = z.strictObject({
  startMs: whole.multipleOf(300_000),
  coveredMs: whole.min(0),
  unprovenMs: whole.min(0),
  flows: Flows,
  loads: z.record(
    z.string(),
    z.strictObject({
      draw: whole.min(0),
      origin: Origin,
      msat: whole.optional(),
      verifiedMsat: whole.min(0).optional(),
      shares: whole.min(0).optional(),
      starts: whole,
      cause: z.string().optional(),
    }),
  ),
  money: Earnings,
});

/** The ledger as JSON: everything a table of sums leaves out, so that importing it gives the same ledger. */
export const LedgerFile = z.strictObject({
  format: z.literal('spillway-ledger'),
  version: z.literal(1),
  simulated: z.boolean(),
  slots: z.array(z.strictObject({ slot: SlotFile, market: MarketNow, currency: z.string() })),
  payouts: z.array(Payout),
  disposals: z.array(Disposal),
});
export type LedgerFile = z.infer<typeof LedgerFile>;

export type ImportOutcome = { outcome: 'ok'; added: number; skipped: number } | { outcome: 'refused'; message: string };

/** Reads a ledger file; a slot whose parts do not sum to its draw is none of ours. */
export function readLedgerFile(
  text: string,
): { outcome: 'ok'; file: LedgerFile } | { outcome: 'refused'; message: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { outcome: 'refused', message: `The file is no JSON (${(error as Error).message}).` };
  }
  const parsed = LedgerFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      outcome: 'refused',
      message: `The file is no ledger of Spillway: ${issue?.path.join('.')}: ${issue?.message}.`,
    };
  }
  for (const { slot } of parsed.data.slots) {
    const loads = Object.values(slot.loads);
    const draws = loads.reduce((sum, load) => sum + load.draw, 0);
    const unequal = loads.some(
      ({ origin, draw }) => Object.values(origin).reduce((sum, part) => sum + part, 0) !== draw,
    );
    if (draws !== (slot.flows.draw ?? 0) || unequal) {
      return {
        outcome: 'refused',
        message: `In the slot of ${new Date(slot.startMs).toISOString()} the parts do not sum to the draw.`,
      };
    }
  }
  return { outcome: 'ok', file: parsed.data };
}

export interface Exchange {
  exportJson(fromMs: number, toMs: number): string;
  /** Adds what is not there yet: slots, payouts, disposals. Nothing is written over. */
  importJson(text: string): Promise<ImportOutcome>;
  /** The owner's own records of before; slots that are there stay as they are. */
  importPast(rows: readonly PastRow[]): Promise<ImportOutcome>;
}

export function exchange(ports: {
  db: WritableDatabase;
  slots: Slots;
  sums: Pick<Summing, 'refresh'>;
  lots: Lots;
  given: () => { simulated: boolean; currency: string };
  changed: () => void;
}): Exchange {
  const { db, slots, sums, lots, given } = ports;
  /** A day's worth at a time, each with its sums, so that the ledger agrees with itself wherever it ends. */
  const add = async (days: Iterable<readonly PricedSlot[]>): Promise<{ added: number; skipped: number }> => {
    let added = 0;
    let skipped = 0;
    for (const rows of days) {
      const missing = rows.filter(({ slot }) => !slots.has(slot.startMs));
      db.transaction(() => {
        for (const { slot, market, currency } of missing) slots.add(slot, market, currency);
        sums.refresh(missing.map(({ slot }) => slot.startMs));
      });
      added += missing.length;
      skipped += rows.length - missing.length;
      await breathe();
    }
    ports.changed();
    return { added, skipped };
  };
  return {
    exportJson(fromMs, toMs) {
      const within = (atMs: number) => atMs >= fromMs && atMs < toMs;
      return JSON.stringify({
        format: 'spillway-ledger',
        version: 1,
        simulated: given().simulated,
        slots: slots.between(fromMs, toMs),
        payouts: lots.payouts().filter(({ receivedMs }) => within(receivedMs)),
        disposals: lots.disposals().filter(({ atMs }) => within(atMs)),
      } satisfies LedgerFile);
    },
    async importJson(text) {
      const read = readLedgerFile(text);
      if (read.outcome === 'refused') return read;
      const { file } = read;
      if (file.simulated && !given().simulated) {
        return { outcome: 'refused', message: 'The file is of a simulated site; a real ledger takes none of it.' };
      }
      const counts = await add(inDays(file.slots));
      lots.addPayouts(file.payouts);
      lots.addDisposals(file.disposals);
      return { outcome: 'ok', ...counts };
    },
    async importPast(rows) {
      const wrong = wrongPastRow(rows);
      if (wrong) return { outcome: 'refused', message: `Row ${wrong.row}: ${wrong.message}.` };
      const priced = { market: { poolFee: 0, fresh: false }, currency: given().currency };
      const days = function* () {
        for (let i = 0; i < rows.length; i += PAST_ROWS_AT_ONCE)
          yield slotsOfPast(rows.slice(i, i + PAST_ROWS_AT_ONCE)).map((slot) => ({ slot, ...priced }));
      };
      return { outcome: 'ok', ...(await add(days())) };
    },
  };
}

const SLOTS_AT_ONCE = 288;
/** Of an hour at most: two days of slots. */
const PAST_ROWS_AT_ONCE = 48;

function* inDays(rows: readonly PricedSlot[]): Generator<readonly PricedSlot[]> {
  for (let i = 0; i < rows.length; i += SLOTS_AT_ONCE) yield rows.slice(i, i + SLOTS_AT_ONCE);
}
