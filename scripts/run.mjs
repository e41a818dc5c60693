// node scripts/run.mjs FILE.ts|TOOL [arguments]: installs what is missing, then runs the file or the package's command.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureNode, ensurePackages, fail, root, toolEnvironment } from './prepare.mjs';

// Commands whose package has another name.
const packageOf = { tsc: 'typescript', depcruise: 'dependency-cruiser', playwright: '@playwright/test' };

function entryOf(tool) {
  if (/\.(ts|mjs)$/.test(tool)) {
    const file = join(root, tool);
    return existsSync(file) ? file : fail(`${tool} does not exist.`);
  }
  const folder = join(root, 'node_modules', packageOf[tool] ?? tool);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[tool]);
}

const [tool, ...args] = process.argv.slice(2);
if (!tool) fail('usage: node scripts/run.mjs FILE.ts|TOOL [arguments]');
ensurePackages();
const node = ensureNode();
const child = spawn(node, [entryOf(tool), ...args], { cwd: root, stdio: 'inherit', env: toolEnvironment(node) });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
