import { expect } from 'vitest';
import type { Report } from '#shared/ledger.ts';
import type { Farm } from './fault.ts';

const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);
/** A day before and after: the clock may have been set. */
const DAY_MS = 86_400_000;

/** The balance of every row closes, the parts of its draw add up, the sums are those of the rows, and so are the loads'. */
export async function expectClosed(farm: Farm): Promise<void> {
  const nowMs = farm.clock.now();
  const range = { fromMs: nowMs - DAY_MS, toMs: nowMs + DAY_MS };
  const report: Report = await farm.client().ledger.report({ ...range, resolution: 'slot' });
  expect(report.rows.length).toBeGreaterThan(0);
  for (const { flows, origin } of [...report.rows, report.sum]) {
    const { production = 0, import: imported = 0, charge = 0, discharge = 0, demand = 0, draw = 0, residual } = flows;
    expect(production + imported + discharge - (flows.export ?? 0) - charge - demand - draw).toBe(residual);
    expect(sum(Object.values(origin))).toBe(draw);
  }
  expect(sum(report.rows.map(({ flows }) => flows.draw ?? 0))).toBe(report.sum.flows.draw);
  expect(sum(report.byLoad.map(({ draw }) => draw))).toBe(report.sum.flows.draw);
  expect(sum(report.rows.map(({ origin }) => origin.gridFed))).toBe(report.sum.origin.gridFed);
}
