import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bookHandlers } from '#engine/books.ts';
import { createMarket } from '#engine/market/market.ts';
import { openLedger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { BooksContract } from '#shared/contract/books.ts';
import { MarketSettings } from '#shared/market.ts';
import { site, tick } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const HOUR = 3_600_000;

it('takes day-ahead prices of any day from a file, and fills them in where the ledger lacked them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'books-'));
  const home = site({ tariff: { importPerKwh: 0.3 } });
  const opened = openLedger({ dir, site: home, clock: manualClock(START), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { ledger } = opened;
  let filling: Promise<number> | undefined;
  const market = createMarket(home, ledger.settings, (prices) => {
    filling = ledger.fillPrices(prices);
  });
  const books = bookHandlers(
    ledger,
    market,
    () => home,
    () => START + HOUR,
  );
  market.changeSettings(MarketSettings.parse({ dayAhead: { exportPlus: -0.01 } }));
  const powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } };
  for (let s = 0; s <= 3600; s += 10) {
    const atMs = START + s * 1000;
    ledger.tick(tick(atMs, powers, { market: market.now(atMs) }));
  }
  const range = { fromMs: START, toMs: START + HOUR, resolution: 'hour' } as const;
  expect(ledger.report(range).sum.earnings.forgoneExportMicro).toBeUndefined();
  const columns = { start: 'Zeit', price: 'EUR/MWh', perKwh: 0.001 };
  const csv = 'Zeit;EUR/MWh\n2026-06-01 12:00;90,0\n2026-06-01 13:00;-5,5\n';
  expect(await books.importPricesCsv({ text: csv, ...columns })).toEqual({ outcome: 'ok', added: 2, skipped: 0 });
  await filling;
  // 1.2 kWh × (0.09 − 0.01) = 0.096.
  expect(ledger.report(range).sum.earnings).toMatchObject({ forgoneExportMicro: 96_000, latePrice: true });
  const wrong = await books.importPricesCsv({ text: 'a,b\n1,2\n', ...columns });
  expect(wrong).toMatchObject({ outcome: 'refused', message: expect.stringContaining('"Zeit"') as string });
  ledger.close();
  rmSync(dir, { recursive: true });
});

it('keeps an owner’s books: payout, price, sale, table, file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'books-'));
  const home = site();
  const opened = openLedger({ dir, site: home, clock: manualClock(START), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { ledger } = opened;
  const market = createMarket(home, ledger.settings);
  const books = bookHandlers(
    ledger,
    market,
    () => home,
    () => START + HOUR,
  );
  for (let s = 0; s <= 3600; s += 10) {
    ledger.tick(
      tick(START + s * 1000, {
        production: 3600,
        import: 0,
        export: 1200,
        draws: { asic: 1200 },
        hashrates: { asic: 60 },
      }),
    );
  }
  const payouts = `id,received,sats,source,feeSats\n=1+1,${START + HOUR},100000,"Pool, the big one",2`;
  expect(await books.importPayoutsCsv({ text: payouts })).toEqual({ outcome: 'ok', added: 1, skipped: 0 });
  expect(await books.importPayoutsCsv({ text: payouts })).toEqual({ outcome: 'ok', added: 0, skipped: 1 });
  // 100,000 sats at 92,010: 92.01 €; sold half for 50 € less 0.50 €: basis 46.00 (half of 9201 cents, cut), gain 3.50.
  expect(await books.setPrice({ id: '=1+1', perBitcoin: 92_010 })).toMatchObject({ outcome: 'ok' });
  expect(await books.setPrice({ id: 'none', perBitcoin: 1 })).toMatchObject({ outcome: 'refused' });
  const sale = `id,time,sats,proceeds,fee\ns1,${START + 2 * HOUR},50000,50,0.5`;
  expect(await books.importDisposalsCsv({ text: sale })).toMatchObject({ added: 1 });
  const book = BooksContract.lots.output.parse(await books.lots({ method: 'fifo' }));
  expect(book).toMatchObject({ heldSats: 50_000, disposals: [{ basisMinor: 4600, gainMinor: 350 }] });
  const { name, text } = await books.lotsFile({ method: 'fifo', format: 'csv' });
  expect(name).toBe('spillway-home-lots-fifo.csv');
  const [head, lot, disposal] = text.split('\r\n');
  // A spreadsheet must not run an id; the energy is 1.2 kWh, all of it forgone export at 0.08: 0.10 €.
  expect(lot).toBe(
    'lot,\'=1+1,2026-06-01T13:00:00+02:00,2026-06-01T11:00:00.000Z,100000,"Pool, the big one",EUR,92.01,typed in,2026-06-01T11:00:00.000Z,2,1.200000,0.000000,1.200000,0.000000,0.000000,0.10,50000,46.01,,,',
  );
  expect(disposal).toContain('disposal fifo,s1,2026-06-01T14:00:00+02:00,2026-06-01T12:00:00.000Z,50000,,EUR,49.50');
  expect(disposal?.split(',')).toHaveLength(head?.split(',').length ?? 0);
  const file = await books.exportLedger({ fromMs: START, toMs: START + HOUR });
  expect(await books.importLedger({ file: 'ledger' })).toMatchObject({ outcome: 'refused' });
  for (let at = 0; at < file.text.length; at += 1000)
    expect(await books.handPart({ file: 'ledger', text: file.text.slice(at, at + 1000) })).toMatchObject({
      outcome: 'ok',
    });
  expect(await books.importLedger({ file: 'ledger' })).toMatchObject({ outcome: 'ok', added: 0, skipped: 12 });
  expect(await books.span({})).toEqual({ firstMs: START, endMs: START + HOUR });
  // 60 TH/s × 2 sats × 1 h = 120 sats estimated; the pool credits 114 (5 % less, as devices over-report), 100 of it paid.
  const account = { id: 'braiins', kind: 'braiins', user: 'me' } as const;
  market.changeSettings(MarketSettings.parse({ pools: [account] }));
  market.learnPool('braiins', { atMs: START, earnedSats: 1000, unpaidSats: 1000, solo: false, payouts: [] });
  const paid = { id: 'tx', receivedMs: START + HOUR - 1, sats: 100, source: 'Braiins Pool' };
  ledger.lots.addPayouts([paid]);
  market.learnPool('braiins', { atMs: START + HOUR, earnedSats: 1114, unpaidSats: 1014, solo: false, payouts: [paid] });
  const [chain] = BooksContract.chains.output.parse(await books.chains({}));
  expect(chain).toMatchObject({ creditedSats: 114, paidSats: 100, unpaidSats: 1014, cause: 'none' });
  expect(chain?.estimatedSats).toBeCloseTo(120, 2);
  expect(chain?.drift).toBeCloseTo(-0.05, 3);
  const solo = { id: 'solo', kind: 'ckpool', user: 'bc1q' } as const;
  market.changeSettings(MarketSettings.parse({ pools: [solo] }));
  market.learnPool('solo', { atMs: START, acceptedDifficulty: 5e8, solo: true, payouts: [] });
  market.learnPool('solo', { atMs: START + HOUR, acceptedDifficulty: 1.5e9, solo: true, payouts: [] });
  const [luck] = BooksContract.chains.output.parse(await books.chains({}));
  expect(luck).toMatchObject({ cause: 'unknown-credit', paidSats: 0 });
  expect(luck?.creditedSats).toBeUndefined();
  expect(luck?.expectedSats).toBeCloseTo(2513.8, 1);
  expect(luck?.blockChance).toBeCloseTo(8.0045e-6, 9);
  expect(await books.removeDisposal({ id: 's1' })).toMatchObject({ outcome: 'ok' });
  ledger.close();
  rmSync(dir, { recursive: true });
});
