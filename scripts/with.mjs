// node scripts/run.mjs scripts/with.mjs build|postgresql|browser|app FILE.ts|TOOL [arguments]: for tools that need the built
// app (`build`), PostgreSQL alone (`postgresql`), the app and a browser (`browser`), or also the packaged app and a display
// (`app`). They find them in the environment: SPILLWAY_CHROMIUM, SPILLWAY_APP (the packaged executable), SPILLWAY_ELECTRON
// (the bare one).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { packageApp } from './package.mjs';
import { root } from './prepare.mjs';
import { ensureSystemPackages, withDisplay } from './system-packages.mjs';

export async function prepareEnvironment(need) {
  if (need === 'postgresql') return ensureSystemPackages(['postgresql']);
  if (need !== 'build') ensureSystemPackages();
  ensureBuilt();
  if (need === 'build') return;
  const chromium = '/usr/bin/chromium';
  if (existsSync(chromium)) process.env.SPILLWAY_CHROMIUM ??= chromium;
  if (need !== 'app') return;
  const { executable, electron } = await packageApp({ forTests: true });
  process.env.SPILLWAY_APP = executable;
  process.env.SPILLWAY_ELECTRON = electron.executable;
}

/** @returns the exit code */
export function runTool(need, [tool, ...args], options = {}) {
  const own = [process.execPath, [join(root, 'scripts/run.mjs'), tool, ...args]];
  const [command, commandArgs] = need === 'app' ? withDisplay(...own) : own;
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

if (import.meta.filename === process.argv[1]) {
  const [need, ...command] = process.argv.slice(2);
  await prepareEnvironment(need);
  process.exitCode = await runTool(need, command);
}
