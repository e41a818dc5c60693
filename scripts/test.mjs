// npm test: check, unit and integration tests, then the user interface in Chromium and the packaged app in Electron.
// Every part is run, so that one go shows all there is to mend. Ends with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { prepareEnvironment, runTool } from './with.mjs';

const reports = join(root, '.cache', 'reports');
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

const sum = { passed: 0, failed: 0, skipped: 0 };
function add({ passed = 0, failed = 0, skipped = 0 }) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}

function section(title) {
  console.log(`\n== ${title} (${Math.round(performance.now() / 1000)} s)`);
}

/** A part that ended badly without a failing test in its report (a crash, no test found) counts as one failure. */
function count(code, report, read) {
  const counts = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : {};
  if (code !== 0 && !counts.failed) counts.failed = 1;
  add(counts);
}

// Both runners colour their output under CI, which makes a log unreadable.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
ensureSystemPackages();

section('check');
const checked = await runTool('nothing', ['scripts/check.mjs']);
add(checked === 0 ? { passed: 1 } : { failed: 1 });

section('unit and integration');
const vitestFlags = [
  '--reporter=default',
  '--silent=passed-only',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
];
const unit = await runTool('nothing', ['vitest', 'run', ...vitestFlags]);
count(unit, vitestReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + (report.numTodoTests ?? 0),
}));

section('build and package');
await prepareEnvironment('app');

section('user interface and Electron');
const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
const e2e = await runTool('app', ['playwright', 'test', '--reporter=list,json'], { env });
count(e2e, playwrightReport, ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
}));

section('done');
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed === 0 ? 0 : 1;
