import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killAndCheck } from '../support/kill-ledger.ts';

it('survives kill -9 three times', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kill-'));
  await killAndCheck(dir, [150, 430, 310]);
  rmSync(dir, { recursive: true });
  expect.hasAssertions();
});
