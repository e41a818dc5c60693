import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Port } from '#shared/rpc/contract.ts';
import type { Scrape } from '#engine/fleet-desk.ts';
import { openSessions, type Session, type Sessions } from '#engine/hosts/access/sessions.ts';
import { startLoopback } from '#engine/hosts/web-loopback.ts';

const HEALTH = { status: 'ok', version: '1.2.3', engine: { uptimeS: 5, tickAgeMs: null }, loads: [] };
let folder: string;
let web: Awaited<ReturnType<typeof startLoopback>>;
let sessions: Sessions;
let nowMs: number;
let ports: Port[];
let scrape: Scrape | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spillway-web-'));
  const page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(page, 'assets', 'main-abc.js'), 'export {};');
  await writeFile(join(page, 'assets', 'notes.txt'), 'no page needs this');
  await writeFile(join(page, '.env'), 'hidden');
  await writeFile(join(folder, 'secrets.json'), '{}');
  await symlink(join(folder, 'secrets.json'), join(page, 'assets', 'leak.json'));
  ports = [];
  scrape = undefined;
  nowMs = 1_700_000_000_000;
  secrets = 0;
  sessions = openSessions([], () => nowMs, random);
  web = await start();
});
let secrets: number;
const random = () => `secret-${(secrets += 1)}`;
const start = (port = 0) =>
  startLoopback({
    rendererDir: join(folder, 'renderer'),
    port,
    version: '1.2.3',
    connect: (end) => void ports.push(end),
    health: () => HEALTH,
    scrape: () => scrape,
    sessions,
    now: () => nowMs,
    random,
  });
afterEach(async () => {
  await web.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** node:http, because fetch does not let a test lie about Host and mends paths. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: web.port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function signIn(): Promise<string> {
  const { headers } = await ask(new URL(web.url).pathname + new URL(web.url).search);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}
const here = () => `127.0.0.1:${web.port}`;

describe('the way in', () => {
  test('the token works once and becomes a cookie that pages cannot read', async () => {
    const path = new URL(web.url).search;
    const first = await ask(`/${path}`);
    expect(first.status).toBe(303);
    expect(first.headers['location']).toBe('/');
    expect(first.headers['set-cookie']).toEqual([
      `spillway-${web.port}=secret-2; HttpOnly; SameSite=Strict; Path=/; Max-Age=15552000`,
    ]);
    expect((await ask(`/${path}`)).status).toBe(401);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const page = await ask('/', { cookie });
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' });
    expect((await ask('/', { cookie, host: `localhost:${web.port}` })).status).toBe(200);
  });

  test('a session outlives a restart, and nothing that was kept opens the door', async () => {
    const cookie = await signIn();
    const kept: Session[] = JSON.parse(JSON.stringify(sessions.list()));
    const { port } = web;
    await web.close();
    sessions = openSessions(kept, () => nowMs, random);
    web = await start(port);
    expect((await ask('/', { cookie })).status).toBe(200);
    for (const secret of Object.values(kept[0]!))
      expect((await ask('/', { cookie: `spillway-${port}=${secret}` })).status).toBe(401);
  });

  test('a session of the network opens nothing here', async () => {
    for (const role of ['owner', 'viewer'] as const) {
      const cookie = `spillway-${web.port}=${sessions.open(role, 'phone')}`;
      expect((await ask('/', { cookie })).status).toBe(401);
    }
  });

  test('health is answered without a session, and nothing else is', async () => {
    const health = await ask('/healthz');
    expect(JSON.parse(health.body)).toEqual(HEALTH);
    expect(health.headers['access-control-allow-origin']).toBeUndefined();
    for (const path of ['/', '/index.html', '/assets/main-abc.js', '/nothing'])
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
  });

  test('every answer forbids what the page does not need', async () => {
    const cookie = await signIn();
    for (const path of ['/', '/healthz', '/nothing']) {
      const { headers } = await ask(path, { cookie });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://${here()};`);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });
});

describe('metrics', () => {
  const token = 'm'.repeat(32);
  const METRICS = { type: 'application/openmetrics-text', text: '# EOF\n' };
  const bearer = (given: string) => ({ authorization: `Bearer ${given}` });
  const read = () => Promise.resolve(METRICS);

  test('are a path like any other until the owner switches them on', async () => {
    const cookie = await signIn();
    expect((await ask('/metrics', { cookie })).status).toBe(404);
    expect((await ask('/metrics', bearer(token))).status).toBe(401);
  });

  test('are for sessions and for the token, and the token opens nothing else', async () => {
    scrape = { token, read };
    const cookie = await signIn();
    for (const headers of [{ cookie }, bearer(token), { authorization: `bearer ${token}` }])
      expect(await ask('/metrics', headers)).toMatchObject({ status: 200, body: METRICS.text });
    expect((await ask('/metrics', { cookie })).headers['content-type']).toBe(METRICS.type);
    for (const path of ['/', '/index.html', '/port', '/metrics/x'])
      expect([path, (await ask(path, bearer(token))).status]).toEqual([path, 401]);
    expect((await ask('/metrics', bearer(token), 'POST')).status).toBe(401);
  });

  test.each(['', 'x', `${'m'.repeat(31)}n`, `${'m'.repeat(33)}`, 'undefined', 'm'.repeat(600)])(
    'are not for the token "%s", nor for a page of elsewhere',
    async (wrong) => {
      scrape = { token, read };
      expect((await ask('/metrics', bearer(wrong))).status).toBe(401);
      expect((await ask('/metrics', { ...bearer(token), origin: 'http://evil.example' })).status).toBe(403);
      expect((await ask('/metrics', { ...bearer(token), host: 'evil.example' })).status).toBe(421);
    },
  );

  test('without a token are for sessions alone', async () => {
    scrape = { token: undefined, read };
    expect((await ask('/metrics', bearer('undefined'))).status).toBe(401);
    expect((await ask('/metrics', { cookie: await signIn() })).status).toBe(200);
  });
});

describe('refusals', () => {
  test.each([
    ['a rebound name', '/healthz', 'GET', { host: 'evil.example' }, 421],
    ['a name with our port', '/healthz', 'GET', { host: 'evil.example:PORT' }, 421],
    ['our name with another port', '/healthz', 'GET', { host: '127.0.0.1:1' }, 421],
    ['another site as origin', '/', 'GET', { origin: 'https://evil.example' }, 403],
    ['a null origin', '/', 'GET', { origin: 'null' }, 403],
    ['another port as origin', '/', 'GET', { origin: 'http://127.0.0.1:1' }, 403],
    ['POST', '/', 'POST', {}, 405],
    ['PUT on health', '/healthz', 'PUT', {}, 405],
    ['OPTIONS of a preflight', '/', 'OPTIONS', { 'access-control-request-method': 'PUT' }, 405],
    ['DELETE', '/index.html', 'DELETE', {}, 405],
    ['a missing file', '/assets/none.js', 'GET', {}, 404],
    ['a folder', '/assets', 'GET', {}, 404],
    ['dots', '/../secrets.json', 'GET', {}, 404],
    ['encoded dots', '/%2e%2e/secrets.json', 'GET', {}, 404],
    ['an encoded slash', '/..%2fsecrets.json', 'GET', {}, 404],
    ['dots inside', '/assets/../../secrets.json', 'GET', {}, 404],
    ['a backslash', '/assets%5c..%5c..%5csecrets.json', 'GET', {}, 404],
    ['a link that leads out', '/assets/leak.json', 'GET', {}, 404],
    ['a hidden file', '/.env', 'GET', {}, 404],
    ['a type no page uses', '/assets/notes.txt', 'GET', {}, 404],
    ['a nul', '/index.html%00.js', 'GET', {}, 404],
    ['half an escape', '/%zz', 'GET', {}, 404],
    ['an address as path', '//evil.example/', 'GET', {}, 400],
  ] as const)('%s', async (_name, path, method, headers, status) => {
    const cookie = await signIn();
    const real = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(web.port))]),
    );
    const answer = await ask(path, { cookie, ...real }, method);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('<title>');
  });

  test.each([
    ['no cookie', () => ({})],
    ['a wrong session', () => ({ cookie: `spillway-${web.port}=secret-9` })],
    ['the token as session', () => ({ cookie: `spillway-${web.port}=secret-1` })],
    ["another port's session", () => ({ cookie: 'spillway-1=secret-2' })],
    ['an empty session', () => ({ cookie: `spillway-${web.port}=` })],
  ])('%s', async (_name, headers) => {
    await signIn();
    expect((await ask('/', headers())).status).toBe(401);
  });

  test('a wrong token does not use up the right one', async () => {
    expect((await ask('/?token=secret-2')).status).toBe(401);
    expect(await signIn()).toContain('secret-2');
  });

  test('headers without end are cut off', async () => {
    const answer = await ask('/healthz', { 'x-long': 'x'.repeat(20_000) });
    expect(answer.status).toBe(431);
  });

  test('it listens on loopback only and says when a port is taken', async () => {
    await expect(start(web.port)).rejects.toThrow(`Port ${web.port} is taken by another program`);
    const outside = connect(web.port, '127.0.0.2');
    const [error] = (await once(outside, 'error')) as [Error & { code: string }];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

describe('the port', () => {
  const open = (headers: Record<string, string>, path = '/port') =>
    new WebSocket(`ws://${here()}${path}`, { headers: { origin: `http://${here()}`, ...headers } });

  test('carries messages both ways and tells when it closes', async () => {
    const socket = open({ cookie: await signIn() });
    await once(socket, 'open');
    const [port] = ports;
    const heard: unknown[] = [];
    let closed = false;
    port?.onMessage((message) => heard.push(message));
    port?.onClose(() => (closed = true));
    const reply = once(socket, 'message');
    port?.post({ t: 'value', id: 1, value: 'ä' });
    const [data] = (await reply) as [Buffer];
    expect(JSON.parse(data.toString())).toEqual({ t: 'value', id: 1, value: 'ä' });
    socket.send('{"t":"call"}');
    await expect.poll(() => heard).toEqual([{ t: 'call' }]);
    socket.close();
    await expect.poll(() => closed).toBe(true);
    port?.post('into the void');
  });

  test.each([
    ['no session', () => ({}), '/port', 401],
    ['a wrong session', () => ({ cookie: `spillway-${web.port}=x` }), '/port', 401],
    ['another site', () => ({ origin: 'https://evil.example' }), '/port', 403],
    ['a rebound name', () => ({ host: 'evil.example' }), '/port', 421],
    ['another path', () => ({}), '/ports', 404],
  ])('%s is not let in', async (_name, headers, path, status) => {
    const cookie = await signIn();
    const socket = open(status === 401 ? headers() : { cookie, ...headers() }, path);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(status);
    expect(ports).toEqual([]);
    socket.on('error', () => {});
    socket.terminate();
  });

  test('without an Origin it is not let in', async () => {
    const socket = new WebSocket(`ws://${here()}/port`, { headers: { cookie: await signIn() } });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    socket.on('error', () => {});
    socket.terminate();
  });

  test('a flood of messages closes it', async () => {
    const socket = open({ cookie: await signIn() });
    await once(socket, 'open');
    for (let n = 0; n < 400; n += 1) socket.send('{}');
    const [closeCode] = (await once(socket, 'close')) as [number];
    expect(closeCode).toBe(1008);
  });

  test('one browser may not take all sockets', async () => {
    const cookie = await signIn();
    const opened: WebSocket[] = [];
    for (let n = 0; n < 6; n += 1) {
      const socket = open({ cookie });
      await once(socket, 'open');
      opened.push(socket);
    }
    const socket = open({ cookie });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(503);
    socket.on('error', () => {});
    socket.terminate();
    expect(opened.every(({ readyState }) => readyState === WebSocket.OPEN)).toBe(true);
  });

  test.each([
    ['a message too long', 'x'.repeat(1_100_000), 1009],
    ['no JSON', 'hello', 1007],
    ['bytes', Buffer.from('{}'), 1007],
  ])('%s closes it', async (_name, message, code) => {
    const socket = open({ cookie: await signIn() });
    await once(socket, 'open');
    socket.send(message);
    const [closeCode] = (await once(socket, 'close')) as [number];
    expect(closeCode).toBe(code);
  });
});
