import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

it('names for every promise a test that is there', () => {
  const text = read('docs/security.md');
  const named = [...text.matchAll(/`((?:test|scripts|\.github)\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (promise|who|a |whoever|the server)/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((row) => !row.includes('`test/'))).toEqual([]);
});

/** Calls that open a file, an address or a program, collect crashes, or loosen the window. */
const FORBIDDEN =
  /openExternal|openPath|showItemInFolder|crashReporter|nodeIntegration: true|webSecurity: false|sandbox: false|webviewTag: true|contextIsolation: false|allowRunningInsecureContent|executeJavaScript|disableWebSecurity|no-sandbox|remote\.enable/;

it('finds no call in the shell that would break one', () => {
  const files = globSync('electron/{main,preload}/**/*.ts', { cwd: root });
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => FORBIDDEN.test(read(file)))).toEqual([]);
});

it('finds nothing in the page that makes code or markup from text', () => {
  const files = globSync('renderer/**/*.{ts,tsx}', { cwd: root });
  expect(files.length).toBeGreaterThan(60);
  const risky = /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/;
  expect(files.filter((file) => risky.test(read(file)))).toEqual([]);
});

it('shuts the service of a box in as far as it can work', () => {
  const unit = read('assets/spillway.service');
  const settings = new Map(
    [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]): [string, string] => [name!, value!]),
  );
  for (const name of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'RestrictNamespaces', 'LockPersonality'])
    expect([name, settings.get(name)]).toEqual([name, 'yes']);
  expect(settings.get('ProtectSystem')).toBe('strict');
  expect(settings.get('CapabilityBoundingSet')).toBe('');
  // V8 compiles while it runs.
  expect(settings.has('MemoryDenyWriteExecute')).toBe(false);
  // Longer than the engine's own deadline for loads that do not answer.
  expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(12);
  expect(unit).toContain('--data ${STATE_DIRECTORY} --port 8472');
});
