// Builds out/ when a source is newer than it: npm start and npm test call this; `npm run build` builds anyway.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './prepare.mjs';

const stampFile = join(root, 'out', '.sources');
const bundles = ['main/main.js', 'main/headless.js', 'main/spillway.js', 'preload/preload.cjs', 'renderer/index.html'];

function sourcesHash() {
  const hash = createHash('sha256');
  const files = globSync(
    [
      '{shared,electron,renderer,assets}/**/*.*',
      'electron.vite.config.ts',
      'page-chunks.ts',
      'package.json',
      'package-lock.json',
    ],
    { cwd: root },
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** @returns a mark of the sources that were built */
export function ensureBuilt() {
  const stamp = sourcesHash();
  const fresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (fresh && bundles.every((file) => existsSync(join(root, 'out', file)))) return stamp;
  console.log('spillway: building');
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const options = { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], options);
  if (status !== 0) fail(`the build failed:\n${stdout}${stderr}`);
  writeFileSync(stampFile, stamp);
  return stamp;
}
