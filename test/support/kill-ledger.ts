import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { openLedger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { site } from './ledger-ticks.ts';

const writer = fileURLToPath(new URL('./ledger-writer/main.ts', import.meta.url));

// Between two runs; more than the ledger joins.
const GAP_MS = 60_000;
// A slot is rounded to whole mWh, which at 1200 W are 3 ms.
const ROUNDING_MS = 3;

/** @returns the site time of the last tick that the writer told of before it was killed */
async function writeUntilKilled(dir: string, startMs: number, afterMs: number): Promise<number> {
  const child = fork(writer, [dir, String(startMs)], { silent: true });
  // Before anything is waited for: one that ends by itself must not be waited for without end.
  const ended = once(child, 'close');
  let told = '';
  let failure = '';
  child.stderr?.on('data', (text) => (failure += String(text)));
  child.stdout?.on('data', (text: Buffer) => (told = (told + text.toString()).slice(-64)));
  await Promise.race([once(child.stdout as Readable, 'data'), ended]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
  expect(failure).toBe('');
  return Number(told.split('\n').at(-2));
}

/**
 * Kills a writing process over and over, each time going on where it was. The database must open, every told slot be
 * there, rollups agree with slots, and the slot under way lack 10 s at most.
 * @param kills after how many ms of writing each kill comes
 */
export async function killAndCheck(dir: string, kills: readonly number[]): Promise<void> {
  const firstMs = Date.UTC(2026, 5, 1, 10);
  let startMs = firstMs;
  let expectedMs = 0;
  let gapSlots = 0;
  for (const afterMs of kills) {
    const told = await writeUntilKilled(dir, startMs, afterMs);
    const nowMs = told + 1000;
    const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
    const opened = openLedger({ dir, site: site(), clock, log: silentLog });
    if (opened.outcome !== 'open') throw new Error(opened.message);
    const { ledger } = opened;
    const range = { fromMs: firstMs, toMs: nowMs + SLOT_MS };
    const slots = ledger.report({ ...range, resolution: 'slot' });
    const wholeSlots = Math.floor(told / SLOT_MS) - Math.floor(firstMs / SLOT_MS);
    expect(slots.rows.length).toBeGreaterThanOrEqual(wholeSlots - gapSlots);
    for (const resolution of ['hour', 'day', 'month'] as const) {
      const { sum, byLoad } = ledger.report({ ...range, resolution });
      expect(sum.flows).toEqual(slots.sum.flows);
      expect(sum.origin).toEqual(slots.sum.origin);
      expect(byLoad).toEqual(slots.byLoad);
    }
    // 1200 W from `startMs` to `told`: 1.2 kWh an hour. A kill loses 10 s at most; what it lost before stays lost.
    expectedMs += told - startMs;
    const writtenMs = (slots.sum.flows.draw ?? 0) * 3;
    expect(expectedMs - writtenMs).toBeLessThanOrEqual(10_000 + ROUNDING_MS * slots.rows.length);
    expect(writtenMs).toBeLessThanOrEqual(expectedMs + 1000 + ROUNDING_MS * slots.rows.length);
    expectedMs = writtenMs;
    ledger.close();
    startMs = nowMs + GAP_MS;
    gapSlots += 1;
  }
}
