import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { EngineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/client.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { engineFlags } from '../../../scripts/engine-flags.mjs';

const HEADLESS = join(import.meta.dirname, '../../../out/main/headless.js');
const ADDRESS = /Open (http:\S+)/;

export interface Host {
  pid: number;
  stop(): Promise<void>;
}

/** The built headless host as `npm start -- --headless` runs it, on a site of its own, with one page open. */
export async function startHost(dir: string, site: Site): Promise<Host> {
  const siteFile = join(dir, 'site.json');
  writeFileSync(siteFile, JSON.stringify(site));
  const args = [...engineFlags, HEADLESS, '--site-file', siteFile, '--data', dir, '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const found = ADDRESS.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`The engine ended with code ${code}: ${output}`)));
  });
  await openPage(address);
  return { pid: child.pid!, stop };
}

/** What a page on the dashboard listens to. */
async function openPage(address: string): Promise<void> {
  const { headers } = await fetch(address, { redirect: 'manual' });
  const cookie = headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`${address} gives no session.`);
  const { origin, host } = new URL(address);
  const socket = new WebSocket(`ws://${host}/port`, { headers: { cookie, origin } });
  await once(socket, 'open');
  const client = connect<EngineContract>(portOf(socket));
  client.control.live.subscribe(() => {});
  client.devices.health.subscribe(() => {});
  client.devices.loads.subscribe(() => {});
  client.ledger.today.subscribe(() => {});
}

const portOf = (socket: WebSocket): Port => ({
  post: (message) => socket.send(JSON.stringify(message)),
  onMessage(listener) {
    const receive = (data: unknown) => listener(JSON.parse(String(data)));
    socket.on('message', receive);
    return () => socket.off('message', receive);
  },
  onClose(listener) {
    socket.on('close', listener);
    return () => socket.off('close', listener);
  },
  close: () => socket.close(),
});
