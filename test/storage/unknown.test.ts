import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '#engine/storage/migrations/all.ts';
import { ledgerFile, openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { site, tick, type Powers } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const HOUR = 3_600_000;
const DAY = { fromMs: START - 10 * HOUR, toMs: START + 14 * HOUR };
const home = site();
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'unknown-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function open(folder = dir): Ledger {
  const opened = openLedger({ dir: folder, site: home, clock: manualClock(START + 3 * HOUR), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}

function run(ledger: Ledger, hour: number, powers: Powers): void {
  for (let s = hour * 3600; s < (hour + 1) * 3600; s += 10) ledger.tick(tick(START + s * 1000, powers));
}

it('keeps a flow that was never read apart from nothing, at every level and in every file', async () => {
  const ledger = open();
  run(ledger, 0, { production: 3600, import: 0, export: 2400, draws: { asic: 1200 } });
  // The meter is dead for an hour, then the miner as well for another.
  run(ledger, 1, { production: 3600, draws: { asic: 1200 } });
  run(ledger, 2, { production: 3600, draws: { asic: undefined } });
  ledger.tick(tick(START + 12 * HOUR, {}));
  const hours = ledger.report({ ...DAY, resolution: 'hour' });
  expect(hours.rows.map(({ flows }) => Object.keys(flows).toSorted().join(' '))).toEqual([
    'charge demand discharge draw export import production residual',
    'charge discharge draw production residual',
    'charge discharge production residual',
  ]);
  // The tick that ends the first hour belongs to it; 10 s lead over the border.
  expect(hours.rows[1]?.coverage).toBe(0);
  expect(hours.rows[2]?.earnings).toEqual({});
  const slots = ledger.report({ ...DAY, resolution: 'slot' });
  for (const resolution of ['hour', 'day', 'month'] as const)
    expect(ledger.report({ ...DAY, resolution }).sum).toEqual(slots.sum);
  // One hour of 2.4 kW less its last ten seconds, and no more than that is known.
  expect(slots.sum.flows.export).toBe(Math.round((2400 * 3590) / 3.6));
  const table = await ledger.exportTable({ ...DAY, resolution: 'hour' }, 'csv');
  const lines = table.text.split('\r\n');
  expect(lines[2]?.split(',')[4]).toBe('');
  expect(lines[1]?.split(',')[4]).toBe('0.000');
  const copy = open(mkdtempSync(join(dir, 'copy-')));
  const text = await ledger.exchange.exportJson(DAY.fromMs, DAY.toMs);
  await copy.exchange.importJson(text);
  expect(await copy.exchange.exportJson(DAY.fromMs, DAY.toMs)).toBe(text);
  expect(copy.report({ ...DAY, resolution: 'hour' })).toEqual(hours);
  copy.close();
  ledger.close();
});

it('knows what a day’s records of one’s own do not tell', async () => {
  const ledger = open();
  await ledger.exchange.importPast([{ startMs: START, endMs: START + HOUR, production: 1_000_000 }]);
  const { sum } = ledger.report({ ...DAY, resolution: 'day' });
  expect(sum.flows).toEqual({ production: 1_000_000, draw: 0, residual: 1_000_000 });
  ledger.close();
});

it('opens a database of the first schema: 0 stays where readings covered it, else nobody knows', () => {
  const file = ledgerFile(dir, home);
  const before = new Database(file);
  before.exec(migrations[0]!.sql);
  before.pragma('user_version = 1');
  const slot = START / 300_000;
  const site = before.prepare(
    `INSERT INTO slot (slot, covered_ms, unproven_ms, production, import, export, charge, discharge, demand, residual)
     VALUES (?, ?, 0, ?, 0, ?, 0, 0, ?, 0)`,
  );
  site.run(slot, 300_000, 300_000, 100_000, 100_000);
  site.run(slot + 1, 0, 300_000, 0, 0);
  before.prepare("INSERT INTO device (id, key) VALUES (1, 'asic')").run();
  before.prepare('INSERT INTO slot_load VALUES (?, 1, 100000, 0, 0, 0, 0, 0, 60000, 0, 40000, 0, 1500, 1)').run(slot);
  before.close();
  const ledger = open();
  const { rows, sum, byLoad } = ledger.report({ ...DAY, resolution: 'slot' });
  expect(rows[0]?.flows).toMatchObject({ production: 300_000, import: 0, charge: 0, draw: 100_000 });
  expect(rows[1]?.flows).toEqual({ production: 300_000, draw: 0, residual: 0 });
  expect(byLoad).toMatchObject([
    { loadId: 'asic', draw: 100_000, estimatedMsat: 1500, origin: { forgoneExport: 60_000 } },
  ]);
  expect(ledger.report({ ...DAY, resolution: 'month' }).sum).toEqual(sum);
  ledger.close();
});
