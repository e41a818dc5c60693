import { z } from 'zod';
import { MarketNow } from '#shared/control.ts';
import { Disposal, Earnings, Flows, Origin, Payout } from '#shared/ledger.ts';
import { breathe, slices } from '#engine/system/breathe.ts';
import { Fault } from '#shared/rpc/contract.ts';
import { MOST_CHARACTERS } from './handed-files.ts';
import { jsonParts } from './json-parts.ts';
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

const SlotEntry = z.strictObject({ slot: SlotFile, market: MarketNow, currency: z.string() });

/** The ledger as JSON: everything a table of sums leaves out, so that importing it gives the same ledger. */
const members = {
  format: z.literal('spillway-ledger'),
  version: z.literal(1),
  simulated: z.boolean(),
};
const lists = { slots: SlotEntry, payouts: Payout, disposals: Disposal };
const isMember = (key: string): key is keyof typeof members => Object.hasOwn(members, key);
const isList = (key: string): key is keyof typeof lists => Object.hasOwn(lists, key);

export type ImportOutcome = { outcome: 'ok'; added: number; skipped: number } | { outcome: 'refused'; message: string };

/** What a ledger file holds beside its slots, which are too many to be kept at hand. */
interface Looked {
  simulated: boolean;
  payouts: Payout[];
  disposals: Disposal[];
}

class NoLedger extends Error {}

/** Looks through a whole ledger file before anything is taken of it; a slot whose parts do not sum to its draw is none of ours. */
async function lookThrough(text: string): Promise<Looked> {
  const found: Looked = { simulated: false, payouts: [], disposals: [] };
  const seen = new Set<string>();
  const parse = <T>(schema: z.ZodType<T>, where: string, json: string): T => {
    const parsed = schema.safeParse(JSON.parse(json));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new NoLedger(
      `The file is no ledger of Spillway: ${[where, ...(issue?.path ?? [])].join('.')}: ${issue?.message}.`,
    );
  };
  const pause = slices();
  for (const { key, is, text: json } of jsonParts(text)) {
    await pause();
    if (is !== 'element' && seen.has(key))
      throw new NoLedger(`The file is no ledger of Spillway: it has ${key} twice.`);
    seen.add(key);
    if (isMember(key) && is === 'value') {
      const value = parse<unknown>(members[key], key, json);
      if (key === 'simulated') found.simulated = value === true;
    } else if (isList(key) && is === 'element') {
      if (key === 'slots') mustSum(parse(SlotEntry, key, json).slot);
      else if (key === 'payouts') found.payouts.push(parse(Payout, key, json));
      else found.disposals.push(parse(Disposal, key, json));
    } else if (!isList(key) || is === 'value')
      throw new NoLedger(`The file is no ledger of Spillway: ${key} is none of its parts.`);
  }
  const missing = [...Object.keys(members), ...Object.keys(lists)].find((key) => !seen.has(key));
  if (missing !== undefined) throw new NoLedger(`The file is no ledger of Spillway: ${missing} is missing.`);
  return found;
}

function mustSum(slot: z.infer<typeof SlotFile>): void {
  const loads = Object.values(slot.loads);
  const draws = loads.reduce((sum, load) => sum + load.draw, 0);
  const unequal = loads.some(({ origin, draw }) => Object.values(origin).reduce((sum, part) => sum + part, 0) !== draw);
  if (draws !== (slot.flows.draw ?? 0) || unequal)
    throw new NoLedger(`In the slot of ${new Date(slot.startMs).toISOString()} the parts do not sum to the draw.`);
}

/** The slots of a file that was looked through, some at a time. */
function* slotsIn(text: string): Generator<readonly PricedSlot[]> {
  let rows: PricedSlot[] = [];
  for (const { key, is, text: json } of jsonParts(text)) {
    if (key !== 'slots' || is !== 'element') continue;
    rows.push(SlotEntry.parse(JSON.parse(json)));
    if (rows.length < SLOTS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

export interface Exchange {
  exportJson(fromMs: number, toMs: number): Promise<string>;
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
  /** Some at a time, each with its sums, so that the ledger agrees with itself wherever it ends. */
  const add = async (days: Iterable<readonly PricedSlot[]>): Promise<{ added: number; skipped: number }> => {
    let added = 0;
    let skipped = 0;
    const pause = slices();
    for (const rows of days) {
      const missing = rows.filter(({ slot }) => !slots.has(slot.startMs));
      await pause();
      db.transaction(() => {
        for (const { slot, market, currency } of missing) slots.add(slot, market, currency);
        sums.refresh(missing.map(({ slot }) => slot.startMs));
      });
      added += missing.length;
      skipped += rows.length - missing.length;
    }
    ports.changed();
    return { added, skipped };
  };
  return {
    async exportJson(fromMs, toMs) {
      const within = (atMs: number) => atMs >= fromMs && atMs < toMs;
      const list = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join(',\n');
      const { firstMs = toMs, endMs = toMs } = slots.span() ?? {};
      const pieces: string[] = [];
      let length = 0;
      for (let atMs = Math.max(fromMs, firstMs); atMs < Math.min(toMs, endMs); atMs += EXPORT_MS) {
        const piece = list(slots.between(atMs, Math.min(atMs + EXPORT_MS, toMs)));
        if (piece !== '') pieces.push(piece);
        length += piece.length;
        if (length > MOST_CHARACTERS)
          throw new Fault(
            'too-long',
            `The ledger of this stretch is longer than ${MOST_CHARACTERS / 1e6} million characters; export it year by year.`,
          );
        await breathe();
      }
      const head = `{"format":"spillway-ledger","version":1,"simulated":${given().simulated},"slots":[\n`;
      const payouts = list(lots.payouts().filter(({ receivedMs }) => within(receivedMs)));
      const disposals = list(lots.disposals().filter(({ atMs }) => within(atMs)));
      return `${head}${pieces.join(',\n')}\n],"payouts":[${payouts}],"disposals":[${disposals}]}\n`;
    },
    async importJson(text) {
      let file: Looked;
      try {
        file = await lookThrough(text);
      } catch (error) {
        if (error instanceof NoLedger) return { outcome: 'refused', message: error.message };
        return { outcome: 'refused', message: `The file is no JSON (${(error as Error).message}).` };
      }
      if (file.simulated && !given().simulated) {
        return { outcome: 'refused', message: 'The file is of a simulated site; a real ledger takes none of it.' };
      }
      const counts = await add(slotsIn(text));
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

/** So many are summed and written within a slice. */
const SLOTS_AT_ONCE = 24;
/** Of an hour at most. */
const PAST_ROWS_AT_ONCE = 4;
/** A quarter of a day, or 72 slots. */
const EXPORT_MS = 21_600_000;
