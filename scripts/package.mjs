// npm run package [-- --tests|--installers]: the packaged app as a folder for this machine, in dist/. `--tests` leaves the
// inspector open for Playwright. `--installers` makes what owners download, with tools that electron-builder fetches from GitHub.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { fail, root } from './prepare.mjs';

const stampFile = join(root, 'dist', 'e2e', '.sources');

/** { executable, electron } */
export async function packageApp({ forTests, installers = false }) {
  const electron = await ensureElectron();
  if (electron.unavailable) fail(`the app cannot be packaged: ${electron.unavailable}.`);
  const stamp = `${ensureBuilt()} ${electron.version}`;
  if (forTests && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return { executable: testedExecutable(), electron };
  }
  if (forTests) process.env.SPILLWAY_PACKAGE = 'e2e';
  if (installers && electron.fallback) fail('installers need the pinned Electron; GitHub cannot be reached.');
  const legal = spawnSync(process.execPath, [join(root, 'scripts', 'sbom.mjs')], { stdio: 'inherit' });
  if (legal.status !== 0) fail('the list of what is shipped could not be made');
  const { default: config } = await import('../electron-builder.config.mjs');
  await build({
    projectDir: root,
    targets: installers ? Platform.current().createTarget() : Platform.current().createTarget('dir'),
    config: { ...config, electronDist: electron.dist, electronVersion: electron.version },
    publish: 'never',
  });
  await readBackFuses(join(root, config.directories.output), config.electronFuses);
  if (forTests) writeFileSync(stampFile, stamp);
  return { executable: testedExecutable(), electron };
}

function executablesIn(folder) {
  const name = { linux: 'spillway', win32: 'Spillway.exe', darwin: 'Spillway' }[process.platform];
  return globSync(['linux*unpacked', 'win*unpacked', 'mac*/Spillway.app/Contents/MacOS'], { cwd: folder }).map((each) =>
    join(folder, each, name),
  );
}

const testedExecutable = () => executablesIn(join(root, 'dist', 'e2e'))[0];

/** A release whose binary does not hold what the configuration wants is none. */
async function readBackFuses(folder, wanted) {
  const executables = executablesIn(folder);
  if (executables.length === 0) fail(`there is no packaged app in ${folder}`);
  for (const executable of executables) {
    const wire = await getCurrentFuseWire(executable);
    for (const [name, isOn] of Object.entries(wanted)) {
      const seen = wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)]];
      if (seen !== (isOn ? FuseState.ENABLE : FuseState.DISABLE))
        fail(`the fuse ${name} of ${executable} is ${FuseState[seen] ?? 'not there'}`);
    }
  }
  console.log(`spillway: fuses read back of ${executables.length} binaries, all as wanted`);
}

if (import.meta.filename === process.argv[1]) {
  const asked = (flag) => process.argv.includes(flag);
  await packageApp({ forTests: asked('--tests'), installers: asked('--installers') });
}
