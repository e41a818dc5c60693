import type { z } from 'zod';
import { Disposal, Lot, Payout, type LotBook, type LotMethod, type ReportRow } from '#shared/ledger.ts';
import { bookLots, fairValueMinor, minorDigitsOf } from '#engine/accounting/lots.ts';
import type { WritableDatabase } from './database.ts';

export interface Lots {
  /** One lot each; a payout that is known already changes nothing. @returns how many were new */
  addPayouts(payouts: readonly Payout[]): number;
  /** The owner types in a price that was missing. @returns false where there is no such lot */
  setPrice(id: string, price: NonNullable<Payout['price']>): boolean;
  addDisposals(disposals: readonly Disposal[]): number;
  removeDisposal(id: string): boolean;
  payouts(): Payout[];
  disposals(): Disposal[];
  book(method: LotMethod): LotBook;
}

/** @param energyOf sum of the ledger between two moments @param currency of the site, for lots to come */
export function lots(
  db: WritableDatabase,
  energyOf: (fromMs: number, toMs: number) => ReportRow | undefined,
  currency: () => string,
): Lots {
  const insertPayout = db.prepare<[string, number, string]>(
    'INSERT INTO payout (id, received_ms, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const upsertLot = db.prepare<[string, number, string]>(
    'INSERT INTO lot (id, received_ms, json) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
  );
  const insertDisposal = db.prepare<[string, number, string]>(
    'INSERT INTO disposal (id, at_ms, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const deleteDisposal = db.prepare<[string]>('DELETE FROM disposal WHERE id = ?');
  const all = (table: string, order: string) =>
    db.prepare<[], string>(`SELECT json FROM ${table} ORDER BY ${order}, id`).pluck();
  const isKnown = db.prepare<[string], number>('SELECT 1 FROM payout WHERE id = ?').pluck();
  const allPayouts = all('payout', 'received_ms');
  const allLots = all('lot', 'received_ms');
  const allDisposals = all('disposal', 'at_ms');
  const before = db
    .prepare<[number], number | null>('SELECT max(received_ms) FROM payout WHERE received_ms < ?')
    .pluck();
  const listOf = <T>(rows: readonly string[], schema: z.ZodType<T>): T[] =>
    rows.map((json) => schema.parse(JSON.parse(json)));

  const put = (lot: Lot) => void upsertLot.run(lot.id, Math.round(lot.payout.receivedMs), JSON.stringify(lot));

  function lotOf(payout: Payout): Lot {
    const fromMs = before.get(payout.receivedMs) ?? 0;
    const energy = energyOf(fromMs, payout.receivedMs);
    const cost = energy && costMicro(energy);
    const digits = minorDigitsOf(currency());
    return {
      id: payout.id,
      payout,
      currency: currency(),
      ...valueOf(payout, currency()),
      fromMs,
      toMs: payout.receivedMs,
      origin: energy?.origin ?? noEnergy,
      ...(cost === undefined ? {} : { costMinor: Math.round(cost / 10 ** (6 - digits)) }),
    };
  }

  return {
    addPayouts(payouts) {
      const unknown = payouts.filter((payout) => !isKnown.get(payout.id));
      const added = [...new Map(unknown.map((payout) => [payout.id, payout])).values()];
      const firstMs = Math.min(...added.map(({ receivedMs }) => receivedMs));
      db.transaction(() => {
        for (const payout of added) insertPayout.run(payout.id, Math.round(payout.receivedMs), JSON.stringify(payout));
        const known = new Map(listOf(allLots.all(), Lot).map((lot) => [lot.id, lot]));
        // A payout between two others shortens the span of the later one.
        for (const payout of listOf(allPayouts.all(), Payout)) {
          if (payout.receivedMs >= firstMs) put(lotOf(known.get(payout.id)?.payout ?? payout));
        }
      });
      return added.length;
    },
    setPrice(id, price) {
      const lot = listOf(allLots.all(), Lot).find((candidate) => candidate.id === id);
      if (!lot) return false;
      const payout = { ...lot.payout, price };
      put({ ...lot, payout, ...valueOf(payout, lot.currency) });
      return true;
    },
    addDisposals(disposals) {
      let added = 0;
      db.transaction(() => {
        for (const disposal of disposals) {
          added += insertDisposal.run(disposal.id, Math.round(disposal.atMs), JSON.stringify(disposal)).changes;
        }
      });
      return added;
    },
    removeDisposal: (id) => deleteDisposal.run(id).changes > 0,
    payouts: () => listOf(allPayouts.all(), Payout),
    disposals: () => listOf(allDisposals.all(), Disposal),
    book: (method) => bookLots(listOf(allLots.all(), Lot), listOf(allDisposals.all(), Disposal), method),
  };
}

const noEnergy: Lot['origin'] = {
  gridFed: 0,
  contracted: 0,
  boostFed: 0,
  batteryFed: 0,
  deferredCharge: 0,
  forgoneExport: 0,
  avoidedPaidExport: 0,
  avoidedCurtailment: 0,
  unproven: 0,
};

const valueOf = ({ sats, price }: Payout, currency: string): Pick<Lot, 'fairValueMinor'> =>
  price ? { fairValueMinor: fairValueMinor(sats, price.perBitcoin, minorDigitsOf(currency)) } : {};

/** Millionths; absent as soon as one part is. */
function costMicro({ earnings }: ReportRow): number | undefined {
  const { forgoneExportMicro, importCostMicro, batteryCostMicro, paidExportAvoidedMicro } = earnings;
  if (forgoneExportMicro === undefined || importCostMicro === undefined) return undefined;
  if (batteryCostMicro === undefined || paidExportAvoidedMicro === undefined) return undefined;
  return forgoneExportMicro + importCostMicro + batteryCostMicro - paidExportAvoidedMicro;
}
