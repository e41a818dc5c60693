// npm run package [-- --tests]: the packaged app as a folder for this machine, in dist/. `--tests` leaves the inspector
// open for Playwright. Installers: npx electron-builder --config electron-builder.config.mjs, where GitHub is reachable.
import { build, Platform } from 'electron-builder';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { fail, root } from './prepare.mjs';

export async function packageApp({ forTests }) {
  const electron = await ensureElectron();
  if (electron.unavailable) fail(`the app cannot be packaged: ${electron.unavailable}.`);
  ensureBuilt();
  if (forTests) process.env.SPILLWAY_PACKAGE = 'e2e';
  const { default: config } = await import('../electron-builder.config.mjs');
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    config: { ...config, electronDist: electron.dist, electronVersion: electron.version },
    publish: 'never',
  });
}

if (import.meta.filename === process.argv[1]) await packageApp({ forTests: process.argv.includes('--tests') });
