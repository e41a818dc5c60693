// npm run bench:storage -- [--json FILE]: the table of ACCOUNTING.md, Reports, on the shipped schema and code.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Resolution } from '#shared/ledger.ts';
import { ledgerFile, openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { site, tick } from '../../support/ledger-ticks.ts';
import { fillDatabase, loads, powersAt, snapshotAt } from './fill.ts';

const END_MS = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const home = site({ control: { battery: { capacityWh: 10_000, maxChargeW: 5000, maxDischargeW: 5000 } } });
const limits = {
  'storage.yearReportP95Ms': 30,
  'storage.tenYearReportP95Ms': 60,
  'storage.dayP95Ms': 5,
  'storage.tickWriteP99Ms': 2,
  'storage.sizeMb': 300,
  'storage.openMs': 150,
};
type Figure = keyof typeof limits;

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function timeOf(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function open(dir: string): Ledger {
  const opened = openLedger({ dir, site: home, clock: manualClock(END_MS), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}

/** Reports that end at different days, so that no two ask for the same. */
function reportTimes(ledger: Ledger, days: number, resolution: Resolution, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => {
    const toMs = END_MS - (i % 30) * DAY_MS - 7_200_000;
    return timeOf(() => {
      const { rows } = ledger.report({ fromMs: toMs - days * DAY_MS, toMs, resolution });
      if (rows.length === 0) throw new Error(`no rows in ${days} days`);
    });
  });
}

function measure(dir: string): Record<Figure, number> {
  const openMs: number[] = [];
  let ledger = open(dir);
  for (let i = 0; i < 5; i += 1) {
    ledger.close();
    openMs.push(timeOf(() => (ledger = open(dir))));
  }
  const ticks = Array.from({ length: 6000 }, (_, i) => {
    const atMs = END_MS + i * 1000;
    const input = { ...tick(atMs, powersAt(atMs), { loads, curtailedW: 120 }), snapshot: snapshotAt(atMs) };
    return timeOf(() => void ledger.tick(input));
  });
  const figures = {
    'storage.yearReportP95Ms': Math.max(
      quantile(reportTimes(ledger, 365, 'month', 60), 0.95),
      quantile(reportTimes(ledger, 365, 'day', 60), 0.95),
    ),
    'storage.tenYearReportP95Ms': Math.max(
      quantile(reportTimes(ledger, 3620, 'month', 40), 0.95),
      quantile(reportTimes(ledger, 3620, 'day', 40), 0.95),
    ),
    'storage.dayP95Ms': quantile(reportTimes(ledger, 1, 'slot', 100), 0.95),
    'storage.tickWriteP99Ms': quantile(ticks, 0.99),
    'storage.sizeMb': statSync(ledgerFile(dir, home)).size / 1e6,
    'storage.openMs': Math.max(...openMs),
  };
  ledger.close();
  return figures;
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const dir = mkdtempSync(join(tmpdir(), 'spillway-bench-'));
try {
  const seconds = timeOf(() => fillDatabase(ledgerFile(dir, home), END_MS, home)) / 1000;
  process.stdout.write(
    `ten years written in ${seconds.toFixed(0)} s; of reports by month and by day the slower counts; ` +
      `load average ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const figures = measure(dir);
  for (const [name, value] of Object.entries(figures) as [Figure, number][]) {
    const verdict = value <= limits[name] ? 'ok  ' : 'MISS';
    process.stdout.write(`${verdict} ${name.padEnd(28)} ${value.toFixed(2).padStart(8)}  (at most ${limits[name]})\n`);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ figures }, undefined, 1)}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
