// The programs that the tests use beside the npm packages: a browser, a display, and peers that speak the protocols.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail } from './prepare.mjs';

const debianPackages =
  'chromium xvfb xauth libnss3 libatk1.0-0 libatk-bridge2.0-0 libcups2 libgtk-3-0 libgbm1 libasound2 libxss1 libdrm2 ' +
  'fonts-dejavu-core fonts-noto-core python3-pymodbus mosquitto mosquitto-clients socat postgresql';
const programs = ['chromium', 'mosquitto', 'socat', 'python3'];

const quietly = (command, args) => spawnSync(command, args, { encoding: 'utf8' });
const succeeds = (command, args) => quietly(command, args).status === 0;
const installed = (name) =>
  quietly('dpkg-query', ['-W', '-f=${db:Status-Status}', name]).stdout?.startsWith('installed') ?? false;

/** Since 2024 some libraries carry the width of time_t in their name. */
const missingOf = (packages) => packages.filter((name) => !installed(name) && !installed(`${name}t64`));

export function ensureSystemPackages(packages = debianPackages.split(' ')) {
  if (!existsSync('/etc/debian_version')) return ensurePrograms();
  const missing = missingOf(packages);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid() !== 0)
    fail(`the tests need Debian packages that are not here. Install them with:\n  sudo ${command}`);
  console.log(`spillway: installing Debian packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env };
  spawnSync('apt-get', ['update', '-qq'], options);
  const known = missing.map((name) => (succeeds('apt-cache', ['show', name]) ? name : `${name}t64`));
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...known], options);
  const still = missingOf(packages);
  if (still.length > 0) fail(`apt-get could not install ${still.join(' ')}. Try: ${command}`);
}

function ensurePrograms() {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  const missing = programs.filter((program) => !succeeds(finder, [program]));
  if (process.platform === 'linux' && !succeeds(finder, ['xvfb-run'])) missing.push('xvfb-run');
  if (missing.length > 0) fail(`the tests need programs that are not here: ${missing.join(', ')}. Install them first.`);
}

/** A command that has a display: its own on Linux, so that no window opens over the developer's work. */
export function withDisplay(command, args) {
  if (process.platform !== 'linux') return [command, args];
  return ['xvfb-run', ['-a', '-s', '-screen 0 1920x1200x24', command, ...args]];
}
