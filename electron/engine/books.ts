import { basename } from 'node:path';
import type { BooksContract, Imported, PoolChain } from '#shared/contract/books.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { expectedSats, soloProbability } from '#engine/accounting/earnings.ts';
import { minorDigitsOf } from '#engine/accounting/lots.ts';
import { reconcile } from '#engine/accounting/reconcile.ts';
import type { Market } from '#engine/market/market.ts';
import { pricesFromCsv } from '#engine/market/sources/day-ahead.ts';
import { backupsOf } from '#engine/storage/backup.ts';
import { cancelRestore, orderedRestore, orderRestore } from '#engine/storage/restore-order.ts';
import { handedFiles } from '#engine/storage/handed-files.ts';
import { readDisposalsCsv, readPastCsv, readPayoutsCsv, type Read } from '#engine/storage/csv-import.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import { lotsCsv, lotsJson } from '#engine/storage/lots-csv.ts';

type Books = Handlers<{ books: typeof BooksContract }>['books'];

/** What an owner does with payouts, lots and files. */
export function bookHandlers(
  ledger: Ledger,
  market: Pick<Market, 'view' | 'firstOfPool' | 'learnPrices'>,
  site: () => Site,
  nowMs: () => number,
): Books {
  const added = (count: number, of: number): Imported => ({ outcome: 'ok', added: count, skipped: of - count });
  const found = (is: boolean, id: string): Imported =>
    is ? added(1, 1) : { outcome: 'refused', message: `There is nothing with the id "${id}".` };
  const taken = <T>(read: Read<T>, take: (rows: T[]) => number): Imported =>
    read.outcome === 'refused' ? read : added(take(read.rows), read.rows.length);
  const files = handedFiles();
  const handed = async (file: string, take: (text: string) => Promise<Imported>): Promise<Imported> => {
    const text = files.take(file);
    return text === undefined
      ? { outcome: 'refused', message: 'The file did not arrive; choose it again.' }
      : take(text);
  };
  const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  const mark = () => (site().simulated ? '-SIMULATED' : '');

  return {
    lots: ({ method }) => ledger.lots.book(method),
    lotsFile: ({ method, format }) => ({
      name: `spillway-${site().id}-lots-${method}${mark()}.${format}`,
      text: (format === 'csv' ? lotsCsv : lotsJson)(ledger.lots.book(method), site()),
    }),
    addPayouts: ({ payouts }) => added(ledger.lots.addPayouts(payouts), payouts.length),
    setPrice: ({ id, perBitcoin }) =>
      found(ledger.lots.setPrice(id, { perBitcoin, source: 'typed in', atMs: nowMs() }), id),
    addDisposals: ({ disposals }) => added(ledger.lots.addDisposals(disposals), disposals.length),
    removeDisposal: ({ id }) => found(ledger.lots.removeDisposal(id), id),
    importPayoutsCsv: async ({ text }) =>
      taken(await readPayoutsCsv(text, site().timeZone), (rows) => ledger.lots.addPayouts(rows)),
    importDisposalsCsv: async ({ text }) =>
      taken(await readDisposalsCsv(text, site().timeZone, minorDigitsOf(site().currency)), (rows) =>
        ledger.lots.addDisposals(rows),
      ),
    importPricesCsv({ text, ...columns }) {
      const read = pricesFromCsv(text, columns, site().timeZone);
      if (read.outcome === 'failed') return { outcome: 'refused', message: read.fault.message };
      market.learnPrices(read.points);
      return added(read.points.length, read.points.length);
    },
    handPart({ file, text }) {
      const message = files.add(file, text);
      return message === undefined ? added(0, 0) : { outcome: 'refused', message };
    },
    importPastCsv: ({ file, mapping }) =>
      handed(file, async (text) => {
        const read = await readPastCsv(text, mapping, site().timeZone);
        return read.outcome === 'refused' ? read : ledger.exchange.importPast(read.rows);
      }),
    exportLedger: async ({ fromMs, toMs }) => ({
      name: `spillway-${site().id}-${day(fromMs)}-${day(toMs)}-ledger${mark()}.json`,
      text: await ledger.exchange.exportJson(fromMs, toMs),
    }),
    importLedger: ({ file }) => handed(file, (text) => ledger.exchange.importJson(text)),
    counters: (range) => ledger.counters(range),
    retention: () => ledger.retention(),
    keep(next) {
      ledger.keep(next);
      return next;
    },
    forgetPreview: ({ beforeMs }) => ledger.removal.preview(beforeMs),
    forget: ({ beforeMs }) => ledger.removal.remove(beforeMs),
    backups() {
      const ordered = orderedRestore(ledger.file);
      const backups = backupsOf(ledger.file).map(({ file, ...rest }) => ({ name: basename(file), ...rest }));
      return { backups, ...(ordered === undefined ? {} : { ordered }) };
    },
    orderRestore: ({ name }) => found(orderRestore(ledger.file, name), name),
    cancelRestore() {
      cancelRestore(ledger.file);
      return { outcome: 'ok' };
    },
    chains: () => poolChains(ledger, market, nowMs()),
    span: () => ledger.span() ?? {},
  };
}

/** What the devices should have earned since a pool was first asked, beside what it credits and paid since. */
function poolChains(
  ledger: Pick<Ledger, 'lots' | 'report'>,
  market: Pick<Market, 'view' | 'firstOfPool'>,
  nowMs: number,
): PoolChain[] {
  const { pools = [], snapshot } = market.view(nowMs);
  return pools.flatMap(({ id, state }): PoolChain[] => {
    const first = market.firstOfPool(id);
    if (!state || !first) return [];
    const { sum } = ledger.report({
      fromMs: first.atMs,
      toMs: Math.max(first.atMs + 1, state.atMs),
      resolution: 'day',
    });
    const { estimatedMsat = 0, verifiedMsat, shares } = sum.earnings;
    const estimatedSats = estimatedMsat / 1000;
    const verified =
      verifiedMsat === undefined
        ? {}
        : { verifiedSats: verifiedMsat / 1000, ...(shares === undefined ? {} : { shares }) };
    const known = new Set(state.payouts.map((payout) => payout.id));
    const paidSats = ledger.lots
      .payouts()
      .filter((payout) => known.has(payout.id) && payout.receivedMs >= first.atMs)
      .reduce((total, { sats }) => total + sats, 0);
    const creditedSats = credited(first.earnedSats, state.earnedSats);
    const unpaidSats = credited(first.unpaidSats, state.unpaidSats);
    const work = credited(first.acceptedDifficulty, state.acceptedDifficulty);
    return [
      {
        poolId: id,
        sinceMs: first.atMs,
        estimatedSats,
        ...verified,
        ...(creditedSats === undefined ? {} : { creditedSats }),
        ...(state.unpaidSats === undefined ? {} : { unpaidSats: state.unpaidSats }),
        paidSats,
        ...reconcile({ estimatedSats, ...verified, creditedSats, paidSats, unpaidSats }),
        ...(work === undefined || !snapshot
          ? {}
          : {
              blockChance: soloProbability(work, snapshot.difficulty),
              expectedSats: expectedSats(work, snapshot),
            }),
      },
    ];
  });
}

const credited = (before: number | undefined, now: number | undefined): number | undefined =>
  before === undefined || now === undefined ? undefined : now - before;
