import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';

export interface HeadlessHost {
  /** With the token that works once. */
  url: string;
  origin: string;
  child: ChildProcess;
  dataDir: string;
  /** @returns the exit code */
  quit(): Promise<number | null>;
  /** Another run on the same data and port, once this one has ended. */
  again(): Promise<HeadlessHost>;
}

const entry = join(import.meta.dirname, '../../../out/main/headless.js');

async function startHost(dataDir: string, port = '0'): Promise<HeadlessHost> {
  const args = [entry, '--site', 'home', '--speed', '20', '--port', port, '--data', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const [found] = /http:\S+/.exec(said) ?? [];
      if (found) resolve(found);
    });
    void exited.then(([code]) => reject(new Error(`the headless host ended with code ${code}: ${said}`)));
  });
  return {
    url,
    origin: new URL(url).origin,
    child,
    dataDir,
    async quit() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
    again: () => startHost(dataDir, new URL(url).port),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A test that gets the built headless host on the simulated home at 20 times the speed. */
export const test = base.extend<{ host: HeadlessHost }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that a function needs from this pattern.
  host: async ({}, run) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'spillway-headless-'));
    // Should a test open it to the network: to this computer alone, and after a restart where it was.
    const access = { version: 1, host: '127.0.0.1', port: await freePort() };
    await writeFile(join(dataDir, 'access.json'), JSON.stringify(access));
    const host = await startHost(dataDir);
    await run(host);
    if (host.child.exitCode === null) await host.quit();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  },
});

export { expect } from '@playwright/test';
