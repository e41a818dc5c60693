// npm run check: format, lint, types, layers. Two at a time; every one is run, so that one go shows all there is to mend.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureNode, ensurePackages, root, toolEnvironment } from './prepare.mjs';

const steps = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'layers', command: ['scripts/layers.mjs'] },
];

ensurePackages();
const node = ensureNode();

function run({ name, command }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const options = { cwd: root, env: toolEnvironment(node) };
    const child = spawn(node, [join(root, 'scripts/run.mjs'), ...command], options);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('exit', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds} s`);
      if (code !== 0) console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

const waiting = [...steps];
const results = [];
async function lane() {
  for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step));
}
await Promise.all([lane(), lane()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
