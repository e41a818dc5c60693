import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { csvHeader } from '#engine/storage/csv.ts';
import { readPastCsv } from '#engine/storage/csv-import.ts';
import { handedFiles } from '#engine/storage/handed-files.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { site } from '../support/ledger-ticks.ts';

const HOUR = 3_600_000;
// 40 days of Berlin with the doubled hour of 25 October in them.
const START = Date.UTC(2026, 8, 30, 22);
const HOURS = 40 * 24;
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'long-files-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function open(id: string): Ledger {
  const clock = manualClock(START + (HOURS + 5) * HOUR);
  const opened = openLedger({ dir, site: site({ id }), clock, log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}

/** How often others had their turn during the work. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ value: T; turns: number }> {
  let turns = 0;
  let over = false;
  const turn = () => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const value = await work();
  over = true;
  return { value, turns };
}

async function filled(id: string) {
  const lines = Array.from({ length: HOURS }, (_, i) => `${START + i * HOUR},${1 + (i % 7)},0.1,0.5`);
  const mapping = { start: 't', unit: 'kWh', production: 'p', import: 'i', export: 'e' } as const;
  const read = await readPastCsv(['t,p,i,e', ...lines].join('\r\n'), mapping, 'Europe/Berlin');
  if (read.outcome !== 'ok') throw new Error(read.message);
  const ledger = open(id);
  return { ledger, taken: await turnsDuring(() => ledger.exchange.importPast(read.rows)) };
}

it('takes long files in, and gives them out, with a turn for everything else in between', async () => {
  const { ledger, taken } = await filled('home');
  expect(taken.value).toEqual({ outcome: 'ok', added: HOURS * 12, skipped: 0 });
  expect(taken.turns).toBeGreaterThan(5);
  const range = { fromMs: START, toMs: START + HOURS * HOUR };
  const told = await turnsDuring(() => ledger.exchange.exportJson(range.fromMs, range.toMs));
  expect(told.turns).toBeGreaterThan(5);
  const copy = open('copy');
  const read = await turnsDuring(() => copy.exchange.importJson(told.value));
  expect(read.value).toEqual({ outcome: 'ok', added: HOURS * 12, skipped: 0 });
  expect(read.turns).toBeGreaterThan(5);
  expect(copy.report({ ...range, resolution: 'day' })).toEqual(ledger.report({ ...range, resolution: 'day' }));
  copy.close();
  ledger.close();
});

it('writes a table in pieces that are the same as the whole', async () => {
  const { ledger } = await filled('home');
  // Begins and ends within an hour, and reaches beyond what there is.
  for (const [fromMs, toMs] of [
    [START + 2.25 * HOUR, START + 700.5 * HOUR],
    [START - 5000 * HOUR, START + 5000 * HOUR],
  ] as const) {
    for (const resolution of ['slot', 'hour', 'day', 'month'] as const) {
      const asked = { fromMs, toMs, resolution };
      const report = ledger.report(asked);
      const { format, version, simulated, timeZone, currency, rows, ...rest } = JSON.parse(
        (await ledger.exportTable(asked, 'json')).text,
      ) as Record<string, unknown>;
      expect({ format, version, simulated, timeZone, currency }).toEqual({
        format: 'spillway-report',
        version: 1,
        simulated: false,
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
      });
      expect(JSON.stringify(rows) === JSON.stringify(report.rows)).toBe(true);
      expect({ ...rest, rows: [] }).toEqual({ ...report, rows: [] });
      const [head, ...lines] = (await ledger.exportTable(asked, 'csv')).text.split('\r\n');
      expect(head).toBe(csvHeader);
      expect(lines).toHaveLength(report.rows.length + 1);
      expect(lines.at(-1)).toBe('');
    }
  }
  ledger.close();
});

it('holds files on their way in, and no more of them than fit', () => {
  const files = handedFiles();
  for (const name of ['a', 'b', 'c', 'd']) files.add(name, `${name}1`);
  files.add('b', 'b2');
  files.add('e', 'e1');
  expect(files.take('a')).toBeUndefined();
  expect(files.take('b')).toBe('b1b2');
  expect(files.take('b')).toBeUndefined();
  const part = 'x'.repeat(100_000_000);
  for (let i = 0; i < 4; i += 1) expect(files.add('long', part)).toBeUndefined();
  expect(files.add('long', 'x')).toContain('cut it into years');
  expect(files.take('long')).toBeUndefined();
});
