import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Report, ReportRow, Resolution } from '#shared/ledger.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';
import { openLedger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { market, miner, site, tick, type Powers } from '../support/ledger-ticks.ts';

// 25 October 2026, 22:00 UTC the day before: the doubled hour of Berlin lies in it.
const START = Date.UTC(2026, 9, 24, 22);
const HOUR = 3_600_000;
const RANGE = { fromMs: START - 40 * 24 * HOUR, toMs: START + 40 * 24 * HOUR };
const levels = ['slot', 'hour', 'day', 'month'] as const satisfies Resolution[];
const flows = ['production', 'import', 'export', 'charge', 'discharge', 'demand', 'draw', 'curtailed'] as const;
const sats = ['estimatedMsat', 'verifiedMsat', 'shares'] as const;
const money = ['minedMicro', 'forgoneExportMicro', 'importCostMicro', 'batteryCostMicro', 'earningsMicro'] as const;
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'levels-'))));
afterEach(() => rmSync(dir, { recursive: true }));

/** Σ of what is known; absent where nothing is. */
const known = (values: readonly (number | undefined)[]): number | undefined => {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, value) => sum + value, 0);
};
/** Σ; absent as soon as one part is. */
const whole = (values: readonly (number | undefined)[]): number | undefined =>
  values.includes(undefined) ? undefined : known(values);

/** Uncertainties of the rows that tell curtailment. */
const doubtsOf = (rows: readonly ReportRow[]) =>
  rows.filter(({ flows: { curtailed } }) => curtailed !== undefined).map(({ flows: each }) => each.curtailedPlusMinus);

function expectSum({ rows, sum, byLoad }: Report, among: readonly ReportRow[]): void {
  for (const key of flows) expect(sum.flows[key], key).toBe(known(rows.map((row) => row.flows[key])));
  expect(sum.flows.curtailedPlusMinus).toBe(whole(doubtsOf(rows)));
  expect(sum.flows.residual).toBe(known(rows.map((row) => row.flows.residual)));
  for (const key of sats) expect(sum.earnings[key], key).toBe(known(rows.map(({ earnings }) => earnings[key])));
  for (const key of money) expect(sum.earnings[key], key).toBe(whole(rows.map(({ earnings }) => earnings[key])));
  for (const { flows: each, origin } of [...rows, sum]) {
    const { production = 0, import: bought = 0, discharge = 0, demand = 0, draw = 0, charge = 0, residual } = each;
    expect(production + bought + discharge).toBe(demand + draw + (each.export ?? 0) + charge + residual);
    expect(originKeys.reduce((all, key) => all + origin[key], 0)).toBe(draw);
  }
  for (const key of originKeys) expect(known(byLoad.map(({ origin }) => origin[key])) ?? 0, key).toBe(sum.origin[key]);
  expect(known(byLoad.map(({ draw }) => draw)) ?? 0).toBe(sum.flows.draw ?? 0);
  // And the parts of each row, among the rows of the level below.
  for (const row of rows) {
    const inside = among.filter(({ startMs }) => startMs >= row.startMs && startMs < row.endMs);
    for (const key of flows) expect(row.flows[key], key).toBe(known(inside.map((part) => part.flows[key])));
    expect(row.flows.curtailedPlusMinus).toBe(whole(doubtsOf(inside)));
    for (const key of money) expect(row.earnings[key], key).toBe(whole(inside.map(({ earnings }) => earnings[key])));
  }
}

it('sums to the parts at every level, whatever is unknown, and balances with the residual', () => {
  const power = fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined });
  const powers = fc.record({
    production: power,
    import: power,
    export: power,
    charge: power,
    discharge: power,
    draws: fc.record({ asic: power, shelf: power }),
    hashrates: fc.constant({ asic: 55 }),
    curtailed: fc.boolean(),
  });
  const step = fc.record({
    gapMs: fc.integer({ min: 2000, max: 2_000_000 }),
    powers,
    shares: fc.integer({ min: 0, max: 40 }),
    curtailedW: power,
    plusMinusW: power,
    exportPerKwh: fc.option(fc.double({ min: -0.3, max: 0.5, noNaN: true }), { nil: undefined }),
  });
  const loads = [miner('asic'), miner('shelf')];
  const control = { battery: { capacityWh: 9000, maxChargeW: 4000, maxDischargeW: 4000 } };
  let run = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      run += 1;
      const home = site({ id: `run-${run}`, control });
      const opened = openLedger({ dir, site: home, clock: manualClock(RANGE.toMs), log: silentLog });
      if (opened.outcome !== 'open') throw new Error(opened.message);
      const { ledger } = opened;
      let atMs = START;
      let shares = 0;
      for (const { gapMs, powers: at, shares: more, exportPerKwh, curtailedW, plusMinusW } of steps) {
        shares += more;
        const work = { asic: { shares, difficulty: shares * 65_536 } };
        const { exportPerKwh: _, ...unpriced } = market;
        const potential =
          plusMinusW === undefined ? undefined : { powerW: 9000, plusMinusW, method: 'probed' as const };
        const over = {
          loads,
          market: exportPerKwh === undefined ? unpriced : { ...market, exportPerKwh },
          ...(curtailedW === undefined ? {} : { curtailedW }),
          ...(potential ? { potential } : {}),
        };
        // Each state lasts for some ticks, so that something can be integrated.
        for (let i = 0; i < 3; i += 1) ledger.tick(tick((atMs += 10_000), { ...at, work } as Powers, over));
        atMs += gapMs;
      }
      const reports = levels.map((resolution) => ledger.report({ ...RANGE, resolution }));
      for (const [i, report] of reports.entries()) {
        expectSum(report, reports[Math.max(0, i - 1)]?.rows ?? []);
        expect(report.sum).toEqual(reports[0]?.sum);
        expect(report.byLoad).toEqual(reports[0]?.byLoad);
      }
      ledger.close();
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
