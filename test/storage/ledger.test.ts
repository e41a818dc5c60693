import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { Today, Report } from '#shared/ledger.ts';
import { site, tick, type Powers } from '../support/ledger-ticks.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'ledger-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function open(nowMs: number): { ledger: Ledger; run: (seconds: number, powers: Powers) => Promise<void> } {
  const clock = manualClock(nowMs);
  const opened = openLedger({ dir, site: site(), clock, log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { ledger } = opened;
  return {
    ledger,
    async run(seconds, powers) {
      for (let i = 0; i < seconds; i += 1) {
        ledger.tick(tick(clock.now(), powers));
        await clock.advance(1000);
      }
    },
  };
}

const mining: Powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } };

describe('openLedger', () => {
  it('accounts an hour of mining on exported surplus', async () => {
    const { ledger, run } = open(NOON);
    await run(3601, mining);
    const report = Report.parse(ledger.report({ fromMs: NOON, toMs: NOON + 3_600_000, resolution: 'slot' }));
    // 1200 W for one hour: 1.2 kWh = 1,200,000 mWh, all of it would have been exported (no limit).
    expect(report.rows).toHaveLength(12);
    expect(report.sum.flows.draw).toBe(1_200_000);
    expect(report.sum.origin.forgoneExport).toBe(1_200_000);
    // demand = 3600 − 1200 − 1200 W
    expect(report.sum.flows).toMatchObject({
      production: 3_600_000,
      export: 1_200_000,
      demand: 1_200_000,
      residual: 0,
    });
    // 60 TH/s × 2 sat/(TH/s·h) × 1 h = 120 sats; at 0.001 EUR = 0.12 EUR; forgone 1.2 kWh × 0.08 = 0.096 EUR
    expect(report.sum.earnings).toMatchObject({
      estimatedMsat: 120_000,
      minedMicro: 120_000,
      forgoneExportMicro: 96_000,
      importCostMicro: 0,
      earningsMicro: 24_000,
    });
    expect(report.sum.coverage).toBeCloseTo(1, 3);
    ledger.close();
  });

  it('keeps the slot under way over a restart and says nothing twice', async () => {
    const first = open(NOON);
    await first.run(400, mining);
    first.ledger.close();
    const second = open(NOON + 400_000);
    await second.run(201, mining);
    const today = Today.parse(second.ledger.today());
    expect(today.slots).toHaveLength(2);
    // 599 s joined (399 + 200) of 1200 W: the second between close and open is a gap.
    expect(today.sum.flows.draw).toBe(Math.round((1200 * 599_000) / 3600));
    expect(originKeys.reduce((sum, key) => sum + today.sum.origin[key], 0)).toBe(today.sum.flows.draw);
    expect(today.proof).toMatchObject({ look: 'proven', gridFed: 0, unprovenSlots: 0 });
    second.ledger.close();
  });

  it('rolls slots up into hours, days and months that agree', async () => {
    const { ledger, run } = open(NOON);
    await run(7300, mining);
    const range = { fromMs: NOON - 86_400_000, toMs: NOON + 86_400_000 };
    const sums = (['slot', 'hour', 'day', 'month'] as const).map(
      (resolution) => ledger.report({ ...range, resolution }).sum,
    );
    for (const sum of sums.slice(1)) expect(sum).toEqual(sums[0]);
    ledger.close();
  });

  it('lists grid-fed energy with its cause', async () => {
    const { ledger, run } = open(NOON);
    await run(301, { production: 500, import: 900, export: 0, draws: { asic: 1200 } });
    const violations = ledger.violations({ fromMs: NOON, toMs: NOON + 600_000 });
    expect(violations).toEqual([
      { startMs: NOON, endMs: NOON + 300_000, gridFed: 75_000, cause: 'mining-surplus', loadId: 'asic' },
    ]);
    expect(ledger.today().proof.look).toBe('breach');
    expect(ledger.marks({ fromMs: NOON, toMs: NOON + 1000 }).map(({ kind }) => kind)).toEqual(['start']);
    expect(ledger.startsToday()).toEqual({ asic: 1 });
    ledger.close();
  });
});
