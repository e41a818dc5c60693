import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from '#shared/site.ts';
import { ledgerFile, type LedgerPorts } from '#engine/storage/ledger.ts';
import { openOrRestore } from '#engine/storage/open-or-restore.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';

let ports: LedgerPorts;
beforeEach(() => {
  const site = Site.parse({ version: 1, id: 'home', name: 'Home', timeZone: 'UTC', currency: 'EUR' });
  const dir = mkdtempSync(join(tmpdir(), 'restore-'));
  ports = { dir, site, clock: manualClock(Date.UTC(2026, 5, 1)), log: silentLog };
});
afterEach(() => rmSync(ports.dir, { recursive: true, force: true }));

async function damagedWithBackup() {
  const opened = openOrRestore(ports, false);
  if (opened.outcome !== 'open') throw new Error(opened.message);
  opened.ledger.settings.write('wish', { stopped: true });
  expect(await opened.ledger.backUp()).toMatchObject({ outcome: 'ok' });
  opened.ledger.close();
  writeFileSync(ledgerFile(ports.dir, ports.site), 'this is no database, and longer than a header would be'.repeat(99));
}

it('offers the newest good backup of a damaged database and leaves the file alone', async () => {
  await damagedWithBackup();
  const before = readdirSync(ports.dir);
  expect(openOrRestore(ports, false)).toMatchObject({
    outcome: 'refused',
    message: expect.stringContaining('--restore'),
  });
  expect(readdirSync(ports.dir)).toEqual(before);
});

it("restores it on the owner's word and keeps the damaged file", async () => {
  await damagedWithBackup();
  const opened = openOrRestore(ports, true);
  expect(opened.outcome).toBe('open');
  if (opened.outcome === 'open') opened.ledger.close();
  expect(readdirSync(ports.dir).some((name) => name.includes('.replaced-'))).toBe(true);
});

it('says what to do where there is no backup', () => {
  writeFileSync(ledgerFile(ports.dir, ports.site), 'garbage'.repeat(999));
  expect(openOrRestore(ports, true)).toMatchObject({ outcome: 'refused', message: expect.stringContaining('damaged') });
});
