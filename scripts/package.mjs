// npm run package [-- --tests]: the packaged app as a folder for this machine, in dist/. `--tests` leaves the inspector
// open for Playwright. Installers: npx electron-builder --config electron-builder.config.mjs, where GitHub is reachable.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { fail, root } from './prepare.mjs';

const stampFile = join(root, 'dist', 'e2e', '.sources');

/** { executable, electron } */
export async function packageApp({ forTests }) {
  const electron = await ensureElectron();
  if (electron.unavailable) fail(`the app cannot be packaged: ${electron.unavailable}.`);
  const stamp = `${ensureBuilt()} ${electron.version}`;
  if (forTests && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return { executable: testedExecutable(), electron };
  }
  if (forTests) process.env.SPILLWAY_PACKAGE = 'e2e';
  const { default: config } = await import('../electron-builder.config.mjs');
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    config: { ...config, electronDist: electron.dist, electronVersion: electron.version },
    publish: 'never',
  });
  if (forTests) writeFileSync(stampFile, stamp);
  return { executable: testedExecutable(), electron };
}

function testedExecutable() {
  const [folder] = globSync(['linux*unpacked', 'win*unpacked', 'mac*/Spillway.app/Contents/MacOS'], {
    cwd: join(root, 'dist', 'e2e'),
  });
  const name = { linux: 'spillway', win32: 'Spillway.exe', darwin: 'Spillway' }[process.platform];
  return join(root, 'dist', 'e2e', folder ?? '', name);
}

if (import.meta.filename === process.argv[1]) await packageApp({ forTests: process.argv.includes('--tests') });
