// npm run package:npm: the engine without a window as an npm package in dist/npm, for boxes that are always on. It holds what
// was built, without Electron, and depends on the two packages with native code alone.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { fail, root } from './prepare.mjs';

const folder = join(root, 'dist', 'npm');
const stage = join(folder, 'package');
/** Started by the command, and by each other through their paths. */
const ENTRIES = ['spillway.js', 'simulator-process.js', 'planner-worker.js'];
const BESIDE = ['LICENSE', 'CHANGELOG.md', 'assets/spillway.service'];

/** @returns the tarball */
export function packageNpm() {
  ensureBuilt();
  rmSync(folder, { recursive: true, force: true });
  for (const file of modulesOf(ENTRIES.map((name) => join(root, 'out', 'main', name)))) take(relative(root, file));
  take('out/renderer');
  for (const file of BESIDE) take(file);
  const legal = spawnSync(process.execPath, [join(root, 'scripts', 'sbom.mjs')], { encoding: 'utf8' });
  if (legal.status !== 0) fail(`the list of what is shipped could not be made:\n${legal.stdout}${legal.stderr}`);
  take('out/legal/third-party-licences.txt');
  cpSync(join(root, 'docs', 'headless.md'), join(stage, 'README.md'));
  const bin = 'bin/spillway.js';
  mkdirSync(join(stage, 'bin'));
  writeFileSync(join(stage, bin), "#!/usr/bin/env node\nimport '../out/main/spillway.js';\n", { mode: 0o755 });
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, description, license, author, dependencies } = own;
  const manifest = {
    name,
    version,
    description,
    license,
    author,
    type: 'module',
    bin: { spillway: bin },
    engines: { node: '>=22.14' },
    os: ['linux', 'darwin', 'win32'],
    cpu: ['x64', 'arm64'],
    dependencies,
  };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const options = { cwd: stage, encoding: 'utf8', shell: process.platform === 'win32' };
  const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], options);
  if (packed.status !== 0) fail(`npm pack failed:\n${packed.stdout}${packed.stderr}`);
  return join(folder, `${name}-${version}.tgz`);
}

/** Every file of ours that these load. */
function modulesOf(entries) {
  const found = new Set();
  const follow = (file) => {
    if (found.has(file)) return;
    if (!existsSync(file)) fail(`${file} is not built`);
    found.add(file);
    const text = readFileSync(file, 'utf8');
    if (/from\s*["']electron["']|require\(["']electron["']\)/.test(text)) fail(`${file} loads Electron`);
    for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g))
      follow(resolve(dirname(file), path));
  };
  entries.forEach(follow);
  return found;
}

function take(path) {
  const noMaps = (file) => !file.endsWith('.map');
  cpSync(join(root, path), join(stage, path), { recursive: true, filter: noMaps });
}

if (import.meta.filename === process.argv[1]) console.log(packageNpm());
