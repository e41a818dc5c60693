import { readFileSync } from 'node:fs';
import https from 'node:https';
import { afterEach, expect, it } from 'vitest';
import type { z } from 'zod';
import { httpClient } from '#engine/transports/http.ts';
import { pinBook } from '#engine/transports/pins.ts';
import { listen } from '../conformance/served.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});
const file = (name: string) => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url));

/** A device with a certificate of its own; remembers what it was told. */
async function device(name: 'one' | 'two') {
  const heard: (string | undefined)[] = [];
  const server = https.createServer({ key: file(`${name}.key`), cert: file(`${name}.cert`) }, (request, response) => {
    heard.push(request.headers.authorization);
    response.end('{"ok":true}');
  });
  const served = await listen(server);
  open.push(served);
  return { port: served.port, heard };
}

function client(port: number, fingerprint?: string) {
  const pin = fingerprint === undefined ? {} : { fingerprint };
  const opened = httpClient(
    { transport: 'http', host: '127.0.0.1', port, tls: true, ...pin },
    { kind: 'bearer', token: 'secret' },
  );
  open.unshift(opened);
  return opened;
}
const signal = () => AbortSignal.timeout(3000);

it('takes a self-signed certificate at first contact and tells its fingerprint', async () => {
  const { port } = await device('one');
  const first = client(port);
  expect(await first.json('/', signal())).toMatchObject({ outcome: 'ok', value: { ok: true } });
  expect(first.fingerprint()).toMatch(/^[0-9a-f]{64}$/);
  expect(await client(port, first.fingerprint()?.toUpperCase()).json('/', signal())).toMatchObject({ outcome: 'ok' });
});

it('gives no secret to a stranger with another certificate', async () => {
  const [known, stranger] = [await device('one'), await device('two')];
  const first = client(known.port);
  await first.json('/', signal());
  const reply = await client(stranger.port, first.fingerprint()).json('/', signal());
  expect(reply).toMatchObject({ outcome: 'failed', fault: { kind: 'changed-identity' } });
  expect(stranger.heard).toEqual([]);
});

it('keeps the certificate of first contact over a restart, and says how to take another', async () => {
  const kept = new Map<string, unknown>();
  const memory = {
    read: <T>(key: string, schema: z.ZodType<T>) => schema.safeParse(kept.get(key)).data,
    write: (key: string, value: unknown) => void kept.set(key, value),
  };
  const [known, stranger] = [await device('one'), await device('two')];
  const at = (port: number, fingerprint?: string) => {
    const pin = fingerprint === undefined ? {} : { fingerprint };
    const opened = httpClient(
      { transport: 'http', host: '127.0.0.1', port, tls: true, ...pin },
      { kind: 'bearer', token: 'secret' },
      pinBook(memory),
    );
    open.unshift(opened);
    return opened;
  };
  expect(await at(known.port).json('/', signal())).toMatchObject({ outcome: 'ok' });
  expect(await at(known.port).json('/', signal())).toMatchObject({ outcome: 'ok' });

  // Another device has the address after the restart.
  kept.set('pins', { [`127.0.0.1:${stranger.port}`]: Object.values(kept.get('pins') as object)[0] as string });
  const reply = await at(stranger.port).json('/', signal());
  expect(reply).toMatchObject({ outcome: 'failed', fault: { kind: 'changed-identity' } });
  expect(stranger.heard).toEqual([]);
  const told =
    reply.outcome === 'failed' ? /"fingerprint": "([0-9a-f]{64})"/.exec(reply.fault.message)?.[1] : undefined;
  expect(await at(stranger.port, told).json('/', signal())).toMatchObject({ outcome: 'ok' });
});

it('says so where the port speaks no TLS', async () => {
  const served = await listen((await import('node:http')).createServer((_, response) => response.end('{}')));
  open.push(served);
  expect(await client(served.port).json('/', signal())).toMatchObject({
    outcome: 'failed',
    fault: { message: expect.stringContaining(String(served.port)) as unknown },
  });
});
