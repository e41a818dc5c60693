import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLedger } from '#engine/storage/ledger.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { site, tick, type Powers } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const mining: Powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } };

/** @returns false where this process may not mount */
function mountSmall(dir: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it(
  'goes on with a full disk, says so, and writes what is missing when there is room',
  { timeout: 60_000 },
  async (context) => {
    const dir = mkdtempSync(join(tmpdir(), 'full-'));
    if (!mountSmall(dir)) {
      rmSync(dir, { recursive: true });
      return context.skip('mounting a small tmpfs needs root on Linux; run this test there');
    }
    try {
      const clock = manualClock(START);
      const opened = openLedger({ dir, site: site(), clock, log: silentLog });
      if (opened.outcome !== 'open') throw new Error(opened.message);
      const { ledger } = opened;
      const run = async (seconds: number) => {
        let problem = ledger.problem();
        for (let i = 0; i < seconds; i += 1) {
          problem = ledger.tick(tick(clock.now(), mining));
          await clock.advance(1000);
        }
        return problem;
      };
      expect(await run(600)).toBeUndefined();
      const { bavail, bsize } = statfsSync(dir);
      writeFileSync(join(dir, 'ballast'), Buffer.alloc(bavail * bsize));
      const problem = await run(3600);
      expect(problem).toMatchObject({
        id: 'disk-full',
        message: expect.stringContaining('Free some disk space') as string,
      });
      expect(problem?.waiting).toBeGreaterThan(60);
      // What waits for room is in every figure all the same: 70 minutes of 1200 W.
      const soFar = { fromMs: START, toMs: START + 4_200_000 };
      for (const resolution of ['slot', 'hour', 'day'] as const) {
        const { rows, sum } = ledger.report({ ...soFar, resolution });
        expect(Math.abs((sum.flows.draw ?? NaN) - 1_400_000)).toBeLessThan(1000);
        expect(rows.reduce((all, { flows }) => all + (flows.draw ?? NaN), 0)).toBe(sum.flows.draw);
      }
      expect(ledger.today().sum.flows.draw).toBe(ledger.report({ ...soFar, resolution: 'slot' }).sum.flows.draw);
      rmSync(join(dir, 'ballast'));
      expect(await run(601)).toBeUndefined();
      const range = { fromMs: START, toMs: START + 4_800_000 };
      for (const resolution of ['slot', 'hour', 'day'] as const) {
        // 80 minutes of 1200 W = 1.6 kWh: nothing is missing.
        expect(ledger.report({ ...range, resolution }).sum).toMatchObject({ coverage: 1, flows: { draw: 1_600_000 } });
      }
      expect(ledger.minutes(range)).toHaveLength(80);
      ledger.close();
    } finally {
      execFileSync('umount', ['--lazy', dir]);
      rmSync(dir, { recursive: true });
    }
  },
);
