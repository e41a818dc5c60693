// npm start [-- --headless --site home|farm|stream --speed N --site-file FILE --data DIR --port N]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { engineFlags } from './engine-flags.mjs';
import { root } from './prepare.mjs';

const args = process.argv.slice(2);
const asked = args.includes('--headless') || args.includes('--help');

/** Electron, or why there is no window. */
async function findWindow() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return display ? await ensureElectron() : { unavailable: 'there is no display' };
}

function run(command, commandArgs) {
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

const runHeadless = () =>
  run(process.execPath, [...engineFlags, join(root, 'out/main/headless.js'), ...withoutHeadless(args)]);
const withoutHeadless = (list) => list.filter((argument) => argument !== '--headless');

const electron = asked ? undefined : await findWindow();
ensureBuilt();
if (electron?.unavailable) {
  console.log(
    `spillway: no window, because ${electron.unavailable}; the engine runs headless. Open the address below.`,
  );
}
if (!electron || electron.unavailable) process.exitCode = await runHeadless();
else {
  // Chromium's sandbox refuses to run for root.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  process.exitCode = await run(electron.executable, [...flags, root, ...args]);
}
