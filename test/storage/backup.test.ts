import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestGoodBackup, restoreBackup } from '#engine/storage/backup.ts';
import { ledgerFile, openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { manualClock, type ManualClock } from '#engine/system/manual-clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { site, tick } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backup-'));
  file = ledgerFile(dir, site());
});
afterEach(() => rmSync(dir, { recursive: true }));

function opened(clock: ManualClock): Ledger {
  const outcome = openLedger({ dir, site: site({ tariff: {} }), clock, log: silentLog });
  if (outcome.outcome !== 'open') throw new Error(outcome.message);
  outcome.ledger.settings.write('backup', clock.now());
  return outcome.ledger;
}

async function run(ledger: Ledger, clock: ManualClock, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    ledger.tick(tick(clock.now(), { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } }));
    await clock.advance(1000);
  }
}

const drawn = (ledger: Ledger) =>
  ledger.report({ fromMs: START, toMs: START + 86_400_000, resolution: 'slot' }).sum.flows.draw;

describe('backup', () => {
  it('copies while ticks go on, and the copy is whole', async () => {
    const clock = manualClock(START);
    const ledger = opened(clock);
    await run(ledger, clock, 601);
    const [outcome] = await Promise.all([ledger.backUp(), run(ledger, clock, 400)]);
    expect(outcome).toMatchObject({ outcome: 'ok', backup: { endMs: expect.any(Number) as number } });
    ledger.close();
  });

  it('restores, and the way back leads back', async () => {
    const clock = manualClock(START);
    let ledger = opened(clock);
    await run(ledger, clock, 601);
    const outcome = await ledger.backUp();
    if (outcome.outcome !== 'ok') throw new Error(outcome.message);
    const before = drawn(ledger);
    await run(ledger, clock, 600);
    const after = drawn(ledger);
    ledger.close();

    const restored = restoreBackup(file, outcome.backup.file, clock.now());
    if (restored.outcome !== 'ok') throw new Error(restored.message);
    ledger = opened(clock);
    expect(drawn(ledger)).toBe(before);
    ledger.close();

    expect(restoreBackup(file, restored.keptFile ?? '', clock.now() + 1).outcome).toBe('ok');
    ledger = opened(clock);
    expect(drawn(ledger)).toBe(after);
    ledger.close();
  });

  it('offers the newest good backup for a damaged database, and keeps the damaged file', async () => {
    const clock = manualClock(START);
    const ledger = opened(clock);
    await run(ledger, clock, 601);
    const good = await ledger.backUp();
    await run(ledger, clock, 60);
    const bad = await ledger.backUp();
    ledger.close();
    if (good.outcome !== 'ok' || bad.outcome !== 'ok') throw new Error('no backups');
    truncateSync(bad.backup.file, 9000);
    writeFileSync(file, 'not a database at all, whatever its name says '.repeat(100));

    const outcome = openLedger({ dir, site: site(), clock, log: silentLog });
    expect(outcome).toMatchObject({ outcome: 'damaged', backup: { file: good.backup.file } });
    const restored = restoreBackup(file, good.backup.file, clock.now());
    expect(restored).toMatchObject({ outcome: 'ok' });
    expect(existsSync(restored.outcome === 'ok' ? (restored.keptFile ?? '') : '')).toBe(true);
    opened(clock).close();
  });

  it('takes no broken file for a backup and leaves the database as it was', async () => {
    const clock = manualClock(START);
    const ledger = opened(clock);
    await run(ledger, clock, 10);
    ledger.close();
    writeFileSync(join(dir, 'letter.sqlite'), 'dear owner');
    expect(restoreBackup(file, join(dir, 'letter.sqlite'), clock.now())).toMatchObject({ outcome: 'failed' });
    expect(restoreBackup(file, join(dir, 'missing.sqlite'), clock.now())).toMatchObject({ outcome: 'failed' });
    opened(clock).close();
  });

  it('makes one a day by itself and keeps seven', async () => {
    const clock = manualClock(START);
    const ledger = opened(clock);
    for (let day = 0; day < 10; day += 1) {
      await run(ledger, clock, 2);
      await expect.poll(() => newestGoodBackup(file) !== undefined || day === 0).toBe(true);
      await ledger.backUp();
      await clock.advance(86_400_000);
    }
    ledger.close();
    expect(readdirSync(join(dir, 'backups'))).toHaveLength(7);
  });

  it('says where none can be made, and makes it within an hour of when it can', async () => {
    const clock = manualClock(START);
    const gone = join(dir, 'unplugged');
    symlinkSync(gone, join(dir, 'backups'));
    const ledger = opened(clock);
    await run(ledger, clock, 2);
    await expect.poll(() => ledger.backupProblem()).toContain('Check the room in');
    mkdirSync(gone);
    await clock.advance(3_600_000);
    await run(ledger, clock, 2);
    await expect.poll(() => ledger.backupProblem()).toBeUndefined();
    expect(newestGoodBackup(file)).toBeDefined();
    ledger.close();
  });
});
