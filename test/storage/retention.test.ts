import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupsOf } from '#engine/storage/backup.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { openOrRestore } from '#engine/storage/open-or-restore.ts';
import { cancelRestore, orderedRestore, orderRestore } from '#engine/storage/restore-order.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { site, tick } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 10, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const all = { fromMs: START - 100 * DAY, toMs: START + 10 * DAY };
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'retention-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const ports = () => ({ dir, site: site(), clock: manualClock(START), log: silentLog });
function open(): Ledger {
  const opened = openLedger(ports());
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}
const past = (fromMs: number, hours: number) =>
  Array.from({ length: hours }, (_, i) => ({
    startMs: fromMs + i * HOUR,
    endMs: fromMs + (i + 1) * HOUR,
    production: 1_000_000,
    import: 0,
    export: 0,
  }));

it('keeps the fine grain as long as the owner wants', () => {
  const ledger = open();
  expect(ledger.retention()).toEqual({ rawHours: 48, minuteDays: 396 });
  ledger.keep({ rawHours: 1, minuteDays: 31 });
  for (let s = 0; s <= 7300; s += 20)
    ledger.tick(tick(START + s * 1000, { production: 3600, import: 0, export: 3600, draws: { asic: 0 } }));
  const first = ledger.readings({ fromMs: START, toMs: START + DAY })[0];
  expect(first?.atMs).toBeGreaterThan(START + 3_500_000);
  expect(ledger.report({ ...all, resolution: 'slot' }).rows).toHaveLength(25);
  ledger.close();
});

it('takes whole months away, says before how much, and leaves sums that agree', async () => {
  const ledger = open();
  await ledger.exchange.importPast(past(Date.UTC(2026, 3, 25), 24 * 20));
  ledger.lots.addPayouts([{ id: 'p', receivedMs: START, sats: 500, source: 'pool' }]);
  // 14 May lies in a month that stays; April and its 6 days of 288 slots go, less two hours of Berlin's summer time.
  const preview = ledger.removal.preview(Date.UTC(2026, 4, 14));
  expect(preview).toEqual({ beforeMs: Date.UTC(2026, 3, 30, 22), slots: 6 * 288 - 24 });
  expect(ledger.report({ ...all, resolution: 'month' }).sum.flows.production).toBe(480_000_000);
  expect(await ledger.removal.remove(Date.UTC(2026, 4, 14))).toEqual(preview);
  const [slots, ...sums] = (['slot', 'hour', 'day', 'month'] as const).map(
    (resolution) => ledger.report({ ...all, resolution }).sum,
  );
  expect(slots?.flows.production).toBe(480_000_000 - 142_000_000);
  for (const sum of sums) expect(sum).toEqual(slots);
  expect(ledger.lots.book('fifo').heldSats).toBe(500);
  ledger.close();
});

it('restores the chosen backup at the next start and keeps what was there', async () => {
  const ledger = open();
  await ledger.exchange.importPast(past(START - DAY, 2));
  await ledger.backUp();
  await ledger.exchange.importPast(past(START - HOUR, 1));
  const { file } = ledger;
  const [backup] = backupsOf(file);
  const name = basename(backup?.file ?? '');
  expect(backup?.endMs).toBe(START - DAY + 2 * HOUR);
  expect(orderRestore(file, '../site-home.sqlite')).toBe(false);
  expect(orderRestore(file, name)).toBe(true);
  cancelRestore(file);
  expect(orderedRestore(file)).toBeUndefined();
  orderRestore(file, name);
  ledger.close();
  const again = openOrRestore(ports(), false);
  if (again.outcome !== 'open') throw new Error(again.message);
  expect(again.ledger.span()?.endMs).toBe(START - DAY + 2 * HOUR);
  expect(existsSync(`${file}.restore`)).toBe(false);
  expect(readdirSync(dir).some((each) => each.includes('replaced'))).toBe(true);
  again.ledger.close();
});
