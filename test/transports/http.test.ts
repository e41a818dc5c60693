import http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { httpClient, type HttpAuth } from '#engine/transports/http.ts';
import { listen, type Served } from '../conformance/served.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function peer(handler: http.RequestListener): Promise<Served> {
  const served = await listen(http.createServer(handler));
  open.push(served);
  return served;
}

function ask(port: number, auth?: HttpAuth, timeoutMs = 1000) {
  const client = httpClient({ transport: 'http', host: '127.0.0.1', port, tls: false }, auth);
  open.unshift(client);
  return (path = '/') => client.json(path, new AbortController().signal, { timeoutMs });
}

const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
const replies: [name: string, handler: http.RequestListener, kind: string][] = [
  ['a web page', (_, r) => r.end('<html>404</html>'), 'garbage'],
  ['half a reply', (_, r) => r.writeHead(200, { 'content-length': 90 }).write('{"a":', () => r.destroy()), 'garbage'],
  ['too much', (_, r) => r.end(`"${'x'.repeat(2 * 1024 * 1024)}"`), 'garbage'],
  ['deep nesting', (_, r) => r.end(deep), 'garbage'],
  ['a redirect', (_, r) => r.writeHead(302, { location: 'http://elsewhere/' }).end(), 'refused'],
  ['no access', (_, r) => r.writeHead(403).end(), 'unauthorized'],
  ['unknown path', (_, r) => r.writeHead(404).end(), 'unsupported'],
  ['too busy', (_, r) => r.writeHead(503).end(), 'busy'],
  ['an error', (_, r) => r.writeHead(500).end(), 'exception'],
  ['a hang-up', (_, r) => r.destroy(), 'unreachable'],
];

test.each(replies)('%s is a typed failure that names the address', async (_, handler, kind) => {
  const { port } = await peer(handler);
  const reply = await ask(port)();
  const message: unknown = expect.stringContaining(`127.0.0.1:${port}`);
  expect(reply).toMatchObject({ outcome: 'failed', fault: { kind, message } });
});

test('silence ends in a timeout, a closed port in unreachable', async () => {
  const silent = await peer(() => undefined);
  expect(await ask(silent.port, undefined, 50)()).toMatchObject({ outcome: 'failed', fault: { kind: 'timeout' } });
  await silent.close();
  expect(await ask(silent.port)()).toMatchObject({ outcome: 'failed', fault: { kind: 'unreachable' } });
});

test('digest is answered as asked, SHA-256 preferred, and remembered', async () => {
  const seen: string[] = [];
  const { port } = await peer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    if (request.headers.authorization?.startsWith('Digest ')) return void response.end('{"ok":true}');
    const offers = [
      'Digest realm="r", nonce="n", qop="auth"',
      'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256',
    ];
    response.writeHead(401, { 'www-authenticate': offers }).end();
  });
  const get = ask(port, { kind: 'password', user: 'admin', password: 'x' });
  expect(await get()).toMatchObject({ outcome: 'ok', value: { ok: true } });
  await get();
  expect(seen).toHaveLength(3);
  expect(seen[1]).toMatch(/algorithm=SHA-256.*nc=00000001/);
  expect(seen[2]).toMatch(/nc=00000002/);
});

test('one request at a time for one address', async () => {
  let busy = 0;
  let most = 0;
  const { port } = await peer((_, response) => {
    most = Math.max(most, ++busy);
    setImmediate(() => {
      busy--;
      response.end('1');
    });
  });
  const [a, b] = [ask(port), ask(port)];
  await Promise.all([a(), b(), a(), b()]);
  expect(most).toBe(1);
});
