import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killAndCheck } from '../support/kill-ledger.ts';

it('survives kill -9 thirty times at random moments', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kill-'));
  const kills = Array.from({ length: 30 }, () => Math.round(Math.random() * 1500));
  process.stdout.write(`kills after ${kills.join(', ')} ms\n`);
  await killAndCheck(dir, kills);
  rmSync(dir, { recursive: true });
  expect.hasAssertions();
});
