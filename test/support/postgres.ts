import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { freePort } from '../integration/processes.ts';

export const ADMIN = { user: 'admin', password: 'right' } as const;

/** A PostgreSQL of its own on 127.0.0.1, in a folder that goes with it. It refuses to run as root, so it runs as its user. */
export interface Postgres {
  port: number;
  /** A certificate for TLS from now on; at the next start. */
  useTls(pem: { certificate: string; key: string }): void;
  start(): Promise<void>;
  /** Its immediate shutdown: every connection is cut in the middle, and the next start recovers as after a crash. */
  crash(): Promise<void>;
  client(database?: string): Promise<pg.Client>;
  [Symbol.asyncDispose](): Promise<void>;
}

function programs(): string {
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => versionOf(a) - versionOf(b));
  const newest = folders.at(-1);
  if (newest === undefined) throw new Error('PostgreSQL is not here; npm test installs it');
  return newest;
}
const versionOf = (folder: string) => Number(/\d+/.exec(folder)?.[0] ?? 0);

function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function postgres(settings: Record<string, string> = {}): Promise<Postgres> {
  const bin = programs();
  const as = owner();
  const folder = mkdtempSync(join(tmpdir(), 'spillway-pg-'));
  const own = (path: string) => as && chownSync(path, as.uid, as.gid);
  own(folder);
  const data = join(folder, 'data');
  const passwords = join(folder, 'password');
  writeFileSync(passwords, ADMIN.password);
  own(passwords);
  const options = { cwd: folder, ...as };
  const init = [
    '-D',
    data,
    '-U',
    ADMIN.user,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwords}`,
    '-E',
    'UTF8',
    '--no-sync',
  ];
  execFileSync(join(bin, 'initdb'), [...init, '--locale=C'], { ...options, stdio: 'ignore' });
  const port = await freePort();
  // The machine does not lose its power in a test.
  const given: Record<string, string> = { fsync: 'off', ...settings };
  let server: ChildProcess | undefined;

  async function start() {
    const flags = Object.entries(given).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...flags];
    const child = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    server = child;
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      createInterface(child.stderr).on('line', (line) => {
        if (said.push(line) > 20) said.shift();
        if (line.includes('ready to accept connections')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said.join('\n')}`)));
    });
  }
  async function crash() {
    const running = server;
    server = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGQUIT');
    await ended;
  }

  await start();
  return {
    port,
    start,
    crash,
    useTls({ certificate, key }) {
      for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
        writeFileSync(join(data, name), text, { mode: 0o600 });
        own(join(data, name));
      }
      given.ssl = 'on';
    },
    async client(database = 'postgres') {
      const client = new pg.Client({ host: '127.0.0.1', port, ...ADMIN, database });
      client.on('error', () => {});
      await client.connect();
      return client;
    },
    async [Symbol.asyncDispose]() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
