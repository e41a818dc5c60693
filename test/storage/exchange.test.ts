import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDisposalsCsv, readPastCsv, readPayoutsCsv } from '#engine/storage/csv-import.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { market, site, tick, type Powers } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const HOUR = 3_600_000;
const DAY = { fromMs: START - 24 * HOUR, toMs: START + 48 * HOUR };

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'exchange-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function open(id: string, over: Record<string, unknown> = {}): Ledger {
  const opened = openLedger({ dir, site: site({ id, ...over }), clock: manualClock(START), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}

const everything = (ledger: Ledger) => [
  ...(['slot', 'hour', 'day', 'month'] as const).map((resolution) => ledger.report({ ...DAY, resolution })),
  ledger.violations(DAY),
  ledger.lots.book('fifo'),
];

describe('exchange', () => {
  it('gives the same ledger from an export, whatever is in it', async () => {
    const power = fc.option(fc.double({ min: 0, max: 9000, noNaN: true }), { nil: undefined });
    const powers = fc.record({
      production: power,
      import: power,
      export: power,
      draws: fc.record({ asic: power, shelf: power }),
      hashrates: fc.constant({ asic: 55 }),
    });
    const price = fc.option(fc.double({ min: -0.2, max: 0.5, noNaN: true }), { nil: undefined });
    const steps = fc.array(fc.tuple(fc.integer({ min: 1000, max: 200_000 }), powers, price), {
      minLength: 5,
      maxLength: 30,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        run += 1;
        const first = open(`first-${run}`);
        let atMs = START;
        for (const [gap, at, exportPerKwh] of given) {
          const { exportPerKwh: _, ...rest } = market;
          first.tick(
            tick((atMs += gap), at as Powers, {
              market: exportPerKwh === undefined ? rest : { ...rest, exportPerKwh },
            }),
          );
        }
        // Closes the slot under way, which is no part of an export.
        first.tick(tick(atMs + 24 * HOUR, {}));
        first.lots.addPayouts([{ id: 'p', receivedMs: START + HOUR, sats: 500, source: 'pool' }]);
        first.lots.addDisposals([{ id: 'd', atMs: START + 2 * HOUR, sats: 100, proceedsMinor: 9, feeMinor: 0 }]);
        const text = await first.exchange.exportJson(DAY.fromMs, DAY.toMs);
        const second = open(`second-${run}`);
        expect(await second.exchange.importJson(text)).toMatchObject({ outcome: 'ok', skipped: 0 });
        expect(everything(second)).toEqual(everything(first));
        expect(await second.exchange.exportJson(DAY.fromMs, DAY.toMs)).toBe(text);
        // A second time changes nothing.
        expect(await second.exchange.importJson(text)).toMatchObject({ outcome: 'ok', added: 0 });
        expect(everything(second)).toEqual(everything(first));
        first.close();
        second.close();
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('refuses what is no ledger, what does not sum, and a simulated one', async () => {
    const ledger = open('home');
    const words = async (text: string) => {
      const outcome = await ledger.exchange.importJson(text);
      return outcome.outcome === 'refused' ? outcome.message : '';
    };
    expect(await words('<html>')).toContain('no JSON');
    expect(await words('{"format":"other"}')).toContain('no ledger of Spillway');
    const file = JSON.parse(await ledger.exchange.exportJson(0, 1)) as Record<string, unknown>;
    expect(await words(JSON.stringify({ ...file, simulated: true }))).toContain('simulated');
    ledger.tick(tick(START, { production: 3600, import: 0, export: 0, draws: { asic: 3600 } }));
    ledger.tick(tick(START + 10_000, { production: 3600, import: 0, export: 0, draws: { asic: 3600 } }));
    ledger.tick(tick(START + HOUR, {}));
    const text = await ledger.exchange.exportJson(DAY.fromMs, DAY.toMs);
    expect(await words(text.replace('"draw":10000', '"draw":10001'))).toContain('do not sum');
    ledger.close();
  });

  it('takes an owner’s own hourly records, so that History has something on day one', async () => {
    const csv = ['Zeit;Erzeugung;Bezug;Einspeisung', '2026-05-31 12:00;4,2;0,1;2,3', '2026-05-31 13:00;3,0;0;1,0'].join(
      '\n',
    );
    const mapping = {
      start: 'Zeit',
      unit: 'kWh',
      production: 'Erzeugung',
      import: 'Bezug',
      export: 'Einspeisung',
    } as const;
    const read = await readPastCsv(csv, mapping, 'Europe/Berlin');
    if (read.outcome !== 'ok') throw new Error(read.message);
    const ledger = open('home');
    expect(await ledger.exchange.importPast(read.rows)).toEqual({ outcome: 'ok', added: 24, skipped: 0 });
    const { sum, rows } = ledger.report({ ...DAY, resolution: 'hour' });
    // Demand: 4.2 + 0.1 − 2.3 = 2.0 and 3.0 − 1.0 = 2.0 kWh.
    expect(sum.flows).toMatchObject({
      production: 7_200_000,
      import: 100_000,
      export: 3_300_000,
      demand: 4_000_000,
      residual: 0,
    });
    expect(rows.map(({ coverage }) => coverage)).toEqual([1, 1]);
    expect(await ledger.exchange.importPast(read.rows)).toMatchObject({ added: 0, skipped: 24 });
    ledger.close();
  });

  it('says which row of a CSV cannot be used', async () => {
    expect(await readPastCsv('t,p\nsoon,1', { start: 't', unit: 'Wh', production: 'p' }, 'UTC')).toMatchObject({
      message: expect.stringContaining('Row 1') as string,
    });
    expect(
      await readPastCsv('t,p\n2026-01-01 00:00,-4', { start: 't', unit: 'Wh', production: 'p' }, 'UTC'),
    ).toMatchObject({
      message: expect.stringContaining('negative') as string,
    });
    expect(await readPayoutsCsv('id,received,sats\na,2026-01-01 00:00,0.5', 'UTC')).toMatchObject({
      outcome: 'refused',
    });
    expect(await readDisposalsCsv('id,time,sats\n', 'UTC', 2)).toMatchObject({
      message: expect.stringContaining('"proceeds"') as string,
    });
  });
});

describe('lots', () => {
  it('carry the energy behind them, and a payout between two shortens the later one', async () => {
    const ledger = open('home');
    for (let s = 0; s <= 7200; s += 10) {
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
    const price = { perBitcoin: 92_000, source: 'typed in', atMs: START };
    ledger.lots.addPayouts([{ id: 'late', receivedMs: START + 2 * HOUR, sats: 240, source: 'pool', price }]);
    // Two hours of 1.2 kW forgone at 0.08: 2.4 kWh, 0.192 → 19 cents; 240 sats at 92,000: 0.2208 → 22 cents.
    expect(ledger.lots.book('fifo').lots).toMatchObject([
      { id: 'late', origin: { forgoneExport: 2_400_000 }, costMinor: 19, fairValueMinor: 22 },
    ]);
    const csv = await readPayoutsCsv(`id,received,sats,source\nearly,${START + HOUR},120,pool`, 'UTC');
    if (csv.outcome !== 'ok') throw new Error(csv.message);
    expect(ledger.lots.addPayouts([...csv.rows, ...csv.rows])).toBe(1);
    const [early, late] = ledger.lots.book('fifo').lots;
    expect(early).toMatchObject({ id: 'early', origin: { forgoneExport: 1_200_000 } });
    expect(early?.fairValueMinor).toBeUndefined();
    expect(late).toMatchObject({ origin: { forgoneExport: 1_200_000 }, fairValueMinor: 22 });
    expect(ledger.lots.setPrice('early', price)).toBe(true);
    expect(ledger.lots.book('hifo').lots[0]?.fairValueMinor).toBe(11);
    ledger.close();
  });
});
