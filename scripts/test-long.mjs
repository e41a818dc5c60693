// npm run test:long: what takes minutes: every pair of faults, fuzz, kills, soaks. Ends with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { runTool } from './with.mjs';

const report = join(root, '.cache', 'reports', 'long.json');

if (!process.stdout.isTTY) process.env.NO_COLOR = '1';
mkdirSync(join(root, '.cache', 'reports'), { recursive: true });
rmSync(report, { force: true });
ensureSystemPackages();

const code = await runTool('nothing', [
  'vitest',
  'run',
  '--config',
  'vitest.long.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

const counts = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
// A run that ended badly without a failing test in its report (a crash, no test found) counts as one failure.
const failed = code !== 0 && counts.numFailedTests === 0 ? 1 : counts.numFailedTests;
const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed === 0 ? 0 : 1;
