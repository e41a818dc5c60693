import type { Imported, BooksContract } from '#shared/contract/books.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { minorDigitsOf } from '#engine/accounting/lots.ts';
import { readDisposalsCsv, readPastCsv, readPayoutsCsv, type Read } from '#engine/storage/csv-import.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import { lotsCsv } from '#engine/storage/lots-csv.ts';

type Books = Handlers<{ books: typeof BooksContract }>['books'];

/** What an owner does with payouts, lots and files. */
export function bookHandlers(
  ledger: Pick<Ledger, 'lots' | 'exchange' | 'span'>,
  site: () => Site,
  nowMs: () => number,
): Books {
  const added = (count: number, of: number): Imported => ({ outcome: 'ok', added: count, skipped: of - count });
  const found = (is: boolean, id: string): Imported =>
    is ? added(1, 1) : { outcome: 'refused', message: `There is nothing with the id "${id}".` };
  const taken = <T>(read: Read<T>, take: (rows: T[]) => number): Imported =>
    read.outcome === 'refused' ? read : added(take(read.rows), read.rows.length);
  const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  const mark = () => (site().simulated ? '-SIMULATED' : '');

  return {
    lots: ({ method }) => ledger.lots.book(method),
    lotsCsv: ({ method }) => ({
      name: `spillway-${site().id}-lots-${method}${mark()}.csv`,
      text: lotsCsv(ledger.lots.book(method), site()),
    }),
    addPayouts: ({ payouts }) => added(ledger.lots.addPayouts(payouts), payouts.length),
    setPrice: ({ id, perBitcoin }) =>
      found(ledger.lots.setPrice(id, { perBitcoin, source: 'typed in', atMs: nowMs() }), id),
    addDisposals: ({ disposals }) => added(ledger.lots.addDisposals(disposals), disposals.length),
    removeDisposal: ({ id }) => found(ledger.lots.removeDisposal(id), id),
    importPayoutsCsv: ({ text }) =>
      taken(readPayoutsCsv(text, site().timeZone), (rows) => ledger.lots.addPayouts(rows)),
    importDisposalsCsv: ({ text }) =>
      taken(readDisposalsCsv(text, site().timeZone, minorDigitsOf(site().currency)), (rows) =>
        ledger.lots.addDisposals(rows),
      ),
    importPastCsv({ text, mapping }) {
      const read = readPastCsv(text, mapping, site().timeZone);
      return read.outcome === 'refused' ? read : ledger.exchange.importPast(read.rows);
    },
    exportLedger: ({ fromMs, toMs }) => ({
      name: `spillway-${site().id}-${day(fromMs)}-${day(toMs)}-ledger${mark()}.json`,
      text: ledger.exchange.exportJson(fromMs, toMs),
    }),
    importLedger: ({ text }) => ledger.exchange.importJson(text),
    span: () => ledger.span() ?? {},
  };
}
