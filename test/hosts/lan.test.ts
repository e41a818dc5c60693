import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AccessState, Role } from '#shared/contract/access.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Scrape } from '#engine/fleet-desk.ts';
import { deviceSecret, openAccess, type Access } from '#engine/hosts/access/access.ts';
import { makeCertificate } from '#engine/hosts/access/certificate.ts';
import { keepPassword, type KeptPassword } from '#engine/hosts/access/password.ts';
import { silentLog } from '#engine/system/log.ts';

const PASSWORD = 'correct horse battery';
const DAY_MS = 86_400_000;
const STARTED_MS = Date.now();

let folder: string;
let nowMs: number;
let secrets: Record<string, string>;
let access: Access;
let ports: { port: Port; role: Role }[];
let scrape: Scrape | undefined;

const dataFile = (name: string) => join(folder, 'data', name);
const openHere = () =>
  openAccess({
    dataDir: join(folder, 'data'),
    rendererDir: join(folder, 'renderer'),
    log: silentLog,
    secrets: () => secrets,
    keepSecret: (name, value) => void (secrets[name] = value),
    now: () => nowMs,
  });
const start = () =>
  access.start({
    connect: (port, role) => void ports.push({ port, role }),
    health: () => ({ status: 'ok' }),
    scrape: () => scrape,
  });
const restart = async () => {
  await access.stop();
  access = openHere();
  await start();
};
function state(): AccessState {
  let current: AccessState | undefined;
  access.handlers.state((value) => (current = value))();
  return current!;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spillway-lan-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await mkdir(join(folder, 'data'));
  const page = (name: string, text: string) => writeFile(join(folder, 'renderer', name), text);
  await page('index.html', '<!doctype html><title>dashboard</title><script src="./assets/main-1.js"></script>');
  await page('login.html', '<!doctype html><title>login</title><script src="./assets/login-1.js"></script>');
  await page('assets/main-1.js', 'dashboard');
  await page('assets/login-1.js', 'login');
  // Of this computer alone, and on any free port.
  await writeFile(dataFile('access.json'), JSON.stringify({ version: 1, host: '127.0.0.1', port: 0 }));
  nowMs = STARTED_MS;
  secrets = {};
  ports = [];
  scrape = undefined;
  access = openHere();
  await start();
});
afterEach(async () => {
  await access.stop();
  await rm(folder, { recursive: true });
});

let kept: KeptPassword;
beforeAll(async () => {
  kept = await keepPassword(PASSWORD);
});

async function switchOn() {
  await access.stop();
  const file = { version: 1, host: '127.0.0.1', port: 0, password: kept };
  await writeFile(dataFile('access.json'), JSON.stringify(file), { mode: 0o600 });
  access = openHere();
  await start();
  expect(await access.handlers.change({ enabled: true })).toEqual({ outcome: 'ok' });
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const here = () => `127.0.0.1:${state().port}`;

function ask(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: state().port, path, method, headers, agent: false, rejectUnauthorized: false },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const login = (value: object, headers: Record<string, string> = {}) =>
  ask('/login', {
    method: 'POST',
    headers: { origin: `https://${here()}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  });
const cookieOf = ({ headers }: Answer) => String(headers['set-cookie']).split(';')[0] ?? '';
const signIn = () => pairAs('owner');
async function pairAs(role: 'viewer' | 'owner'): Promise<string> {
  const offered = await access.handlers.pair({ role });
  if (offered.outcome !== 'ok') throw new Error(offered.message);
  const pairing = new URL(offered.url).hash.replace('#pair=', '');
  return cookieOf(await login({ pairing }));
}
const isInside = async (cookie: string) => (await ask('/', { headers: { cookie } })).body.includes('dashboard');

describe('until the owner opens it', () => {
  test('nobody listens', () => {
    expect(state()).toMatchObject({ enabled: false, addresses: [], hasPassword: false });
  });

  test('it is not opened without a password, and a short one is none', async () => {
    const refused = await access.handlers.change({ enabled: true });
    expect(refused).toMatchObject({ outcome: 'refused', problems: [{ field: 'password' }] });
    expect(state().enabled).toBe(false);
  });

  test('nobody is paired', async () => {
    expect(await access.handlers.pair({ role: 'owner' })).toMatchObject({ outcome: 'refused' });
  });
});

describe('a stranger', () => {
  beforeEach(switchOn);

  test.each(['/index.html', '/assets/main-1.js', '/healthz', '/port', '/metrics', '/nothing', '/assets/', '/.env'])(
    'gets nothing at %s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await ask(path, { method });
        expect([method, answer.status]).toEqual([method, 401]);
        expect(answer.body.replace('Sign in first.\n', '')).toBe('');
        expect(answer.headers['server']).toBeUndefined();
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  test('is sent to the login page, which brings what it needs and no more', async () => {
    expect(await ask('/')).toMatchObject({ status: 303, headers: { location: '/login' }, body: '' });
    const page = await ask('/login');
    expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(page.body).toContain('<title>login</title>');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await ask('/assets/login-1.js')).body).toBe('login');
  });

  test.each([
    ['a rebound name', { host: 'evil.example' }, 421],
    ['a rebound name with our port', { host: 'evil.example:PORT' }, 421],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['the same host without TLS', { origin: 'http://127.0.0.1:PORT' }, 403],
    ['a null origin', { origin: 'null' }, 403],
  ])('%s is refused, whatever it asks and with a session too', async (_name, headers, status) => {
    const cookie = await signIn();
    const real = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(state().port))]),
    );
    for (const path of ['/', '/login', '/healthz'])
      expect((await ask(path, { headers: { cookie, ...real } })).status).toBe(status);
    expect((await login({ password: PASSWORD }, real)).status).toBe(status);
  });

  test.each([
    ['no session', {}, 401],
    ['a made-up session', { cookie: '__Host-spillway-1=x' }, 401],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a rebound name', { host: 'evil.example' }, 421],
  ])('%s opens no socket', async (_name, headers, status) => {
    const socket = new WebSocket(`wss://${here()}/port`, {
      headers: { origin: `https://${here()}`, ...headers },
      rejectUnauthorized: false,
    });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(status);
    expect(ports).toEqual([]);
    socket.on('error', () => {});
    socket.terminate();
  });

  test('old TLS and no TLS are not spoken', async () => {
    const plain = connect(state().port, '127.0.0.1', () => plain.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    let said = '';
    plain.on('data', (chunk) => (said += String(chunk)));
    await once(plain, 'close');
    expect(said).not.toContain('HTTP/1.1');
    const old = connectTls({ port: state().port, host: '127.0.0.1', maxVersion: 'TLSv1.1', rejectUnauthorized: false });
    const [error] = (await once(old, 'error')) as [Error];
    expect(error.message).toMatch(/protocol|version|cipher/i);
  });
});

describe('metrics', () => {
  beforeEach(switchOn);
  const token = 'm'.repeat(32);
  const bearer = (given: string) => ({ headers: { authorization: `Bearer ${given}` } });

  test('tell a stranger nothing, not even that they are there', async () => {
    const off = await ask('/metrics', bearer('guess'));
    scrape = { token, read: () => Promise.resolve({ type: 'text/plain', text: 'watts' }) };
    const on = await ask('/metrics', bearer('guess'));
    const { date: _, ...headers } = on.headers;
    expect(on).toEqual({ ...off, headers: { ...off.headers, date: on.headers['date'] } });
    expect(on.status).toBe(401);
    expect(headers['www-authenticate']).toBeUndefined();
  });

  test('are for whoever has the token, and for every session', async () => {
    scrape = { token, read: () => Promise.resolve({ type: 'text/plain', text: 'watts' }) };
    expect(await ask('/metrics', bearer(token))).toMatchObject({ status: 200, body: 'watts' });
    for (const role of ['viewer', 'owner'] as const)
      expect(await ask('/metrics', { headers: { cookie: await pairAs(role) } })).toMatchObject({ status: 200 });
    expect((await ask('/healthz', bearer(token))).status).toBe(401);
  });
});

describe('the password', () => {
  beforeEach(switchOn);

  test('lets the owner in, with a cookie that only this host gets back over TLS', async () => {
    const answer = await login({ password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(
        `^__Host-spillway-${state().port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/; Secure; Max-Age=\\d+$`,
      ),
    );
    expect(await isInside(cookieOf(answer))).toBe(true);
    expect(state().sessions).toMatchObject([{ role: 'owner' }]);
  });

  test('is kept nowhere, nor is a session or the key of the certificate', async () => {
    await access.handlers.setPassword({ password: PASSWORD });
    const token = (await signIn()).split('=')[1]!;
    const text = await readFile(dataFile('access.json'), 'utf8');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(token);
    expect(text).not.toContain('PRIVATE KEY');
    expect(JSON.parse(text).sessions).toHaveLength(1);
    expect((await stat(dataFile('access.json'))).mode & 0o077).toBe(0);
    expect(JSON.stringify(state())).not.toContain(JSON.parse(text).password.hash);
  });

  test('is not guessed: after a few slips even the right one has to wait', async () => {
    for (let slip = 0; slip < 6; slip += 1) expect((await login({ password: `wrong ${slip}` })).status).toBe(401);
    const answer = await login({ password: PASSWORD });
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(answer.headers['set-cookie']).toBeUndefined();
    nowMs += 1000;
    expect((await login({ password: PASSWORD })).status).toBe(200);
  });

  test('tries at once are not each looked at', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => login({ password: 'a guess' })));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(7);
  });

  test('changed, everyone has to come again', async () => {
    const cookie = await signIn();
    await access.handlers.setPassword({ password: 'another long one' });
    expect(await isInside(cookie)).toBe(false);
    expect((await login({ password: PASSWORD })).status).toBe(401);
    expect((await login({ password: 'another long one' })).status).toBe(200);
  });

  test.each([
    ['no JSON', 'password=x', {}, 400],
    ['a form of another site', 'password=x', { 'content-type': 'application/x-www-form-urlencoded' }, 403],
    ['text', '{"password":"x"}', { 'content-type': 'text/plain' }, 403],
    ['no origin', '{"password":"x"}', { origin: undefined }, 403],
    ['an unknown key', '{"password":"x","role":"local"}', {}, 400],
    ['a prototype', '{"__proto__":{"password":"x"}}', {}, 400],
    ['a number', '{"password":1}', {}, 400],
    ['a long body', JSON.stringify({ password: 'x'.repeat(5000) }), {}, 413],
  ])('%s is refused', async (_name, body, headers, status) => {
    const all = { origin: `https://${here()}`, 'content-type': 'application/json', ...headers };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const answer = await ask('/login', { method: 'POST', headers: Object.fromEntries(given), body });
    expect(answer.status).toBe(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('pairing', () => {
  beforeEach(switchOn);

  test('lets one device in, once, as what the owner chose', async () => {
    const offered = await access.handlers.pair({ role: 'viewer' });
    if (offered.outcome !== 'ok') throw new Error(offered.message);
    const { origin, pathname, search, hash } = new URL(offered.url);
    expect(state().addresses).toContain(origin);
    expect([pathname, search]).toEqual(['/login', '']);
    const pairing = hash.replace('#pair=', '');
    expect((await login({ pairing })).status).toBe(200);
    expect((await login({ pairing })).status).toBe(401);
    expect(state().sessions).toMatchObject([{ role: 'viewer' }]);
  });

  test('is over after five minutes, and when another is begun', async () => {
    const offer = async () => {
      const offered = await access.handlers.pair({ role: 'owner' });
      return offered.outcome === 'ok' ? new URL(offered.url).hash.slice(6) : '';
    };
    const first = await offer();
    const second = await offer();
    expect((await login({ pairing: first })).status).toBe(401);
    nowMs += 5 * 60_000;
    expect((await login({ pairing: second })).status).toBe(401);
    expect(state().sessions).toEqual([]);
  });
});

describe('a session', () => {
  beforeEach(switchOn);

  test('outlives a restart, with the same certificate', async () => {
    const cookie = await signIn();
    const before = state();
    await restart();
    expect(state().certificate).toEqual(before.certificate);
    const moved = cookie.replace(String(before.port), String(state().port));
    expect(await isInside(moved)).toBe(true);
  });

  test('ends after 30 days without use and after 180 days in any case', async () => {
    const cookie = await signIn();
    nowMs += 29 * DAY_MS;
    expect(await isInside(cookie)).toBe(true);
    nowMs += 31 * DAY_MS;
    expect(await isInside(cookie)).toBe(false);
    const used = await signIn();
    for (let day = 0; day < 179; day += 20) {
      expect(await isInside(used)).toBe(true);
      nowMs += 20 * DAY_MS;
    }
    expect(await isInside(used)).toBe(false);
  });

  test('decides what its socket may do, and its end closes it', async () => {
    for (const role of ['viewer', 'owner'] as const) {
      const cookie = role === 'viewer' ? await pairAs(role) : await signIn();
      const headers = { origin: `https://${here()}`, cookie };
      const socket = new WebSocket(`wss://${here()}/port`, { headers, rejectUnauthorized: false });
      await once(socket, 'open');
      expect(ports.at(-1)?.role).toBe(role);
      const closed = once(socket, 'close');
      const own = state().sessions.find((session) => session.role === role)!;
      await access.handlers.endSession({ id: own.id });
      await closed;
      expect(await isInside(cookie)).toBe(false);
    }
  });

  test('signs itself out, and no page of another site does', async () => {
    const cookie = await signIn();
    const out = (headers: Record<string, string>) =>
      ask('/logout', { method: 'POST', headers: { cookie, ...headers } });
    expect((await out({})).status).toBe(405);
    expect((await out({ origin: 'https://evil.example' })).status).toBe(403);
    expect(await isInside(cookie)).toBe(true);
    const done = await out({ origin: `https://${here()}` });
    expect(String(done.headers['set-cookie'])).toContain('Max-Age=0');
    expect(await isInside(cookie)).toBe(false);
  });

  test('of the terminal opens nothing here', async () => {
    const cookie = `__Host-spillway-${state().port}=${access.sessions.open('local', 'terminal')}`;
    expect(await isInside(cookie)).toBe(false);
  });

  test('says nothing of itself that could be a script', async () => {
    const offered = await access.handlers.pair({ role: 'owner' });
    const pairing = offered.outcome === 'ok' ? new URL(offered.url).hash.slice(6) : '';
    await login({ pairing }, { 'user-agent': '<script>alert(1)</script> Firefox/140' });
    expect(state().sessions).toMatchObject([{ name: 'Firefox' }]);
  });
});

describe('the certificate', () => {
  beforeEach(switchOn);

  const seen = async () => {
    const socket = connectTls({ port: state().port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };

  test('is the one whose fingerprint is shown; its key is where no device finds it', async () => {
    expect(await seen()).toBe(state().certificate?.fingerprint);
    const [[name, key] = ['', '']] = Object.entries(secrets);
    expect(key).toContain('PRIVATE KEY');
    expect(deviceSecret(secrets, name)).toBeUndefined();
    expect(deviceSecret({ miner: 'x' }, 'miner')).toBe('x');
    expect(deviceSecret({}, '__proto__')).toBeUndefined();
  });

  test("can be the owner's own", async () => {
    const own = await makeCertificate(['spillway.example'], nowMs);
    expect(await access.handlers.useCertificate(own)).toEqual({ outcome: 'ok' });
    expect(state().certificate?.kind).toBe('own');
    expect(await seen()).toBe(state().certificate?.fingerprint);
    await access.handlers.change({ names: ['spillway.example'] });
    const answer = await ask('/login', { headers: { host: `spillway.example:${state().port}` } });
    expect(answer.status).toBe(200);
    await access.handlers.makeCertificate({});
    expect(state().certificate?.kind).toBe('made');
  });

  test('of another key, or no certificate, changes nothing', async () => {
    const before = await seen();
    const [one, two] = [await makeCertificate(['a'], nowMs), await makeCertificate(['b'], nowMs)];
    for (const bad of [
      { ...one, key: two.key },
      { ...one, certificate: 'x' },
      { ...one, key: 'x' },
    ])
      expect(await access.handlers.useCertificate(bad)).toMatchObject({ outcome: 'refused' });
    const old = await makeCertificate(['a'], nowMs - 900 * DAY_MS);
    expect(await access.handlers.useCertificate(old)).toMatchObject({ outcome: 'refused' });
    expect(await seen()).toBe(before);
  });

  test('is made anew before it ends', async () => {
    const before = await seen();
    nowMs += 800 * DAY_MS;
    await restart();
    expect(await seen()).not.toBe(before);
    expect(state().certificate!.validToMs).toBeGreaterThan(nowMs + 700 * DAY_MS);
  });
});

describe('a file that is damaged', () => {
  test('lets nobody in', async () => {
    await switchOn();
    await access.stop();
    await writeFile(dataFile('access.json'), '{"version":1,"enabled":true,"password":');
    access = openHere();
    await start();
    expect(state()).toMatchObject({ enabled: false, addresses: [], hasPassword: false });
  });
});

test('a port that is taken is said, and what was before stays', async () => {
  await switchOn();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const refused = await access.handlers.change({ port });
  expect(refused).toMatchObject({ outcome: 'refused', problems: [{ field: 'port' }] });
  expect(state().problem).toBeUndefined();
  expect(state().addresses).toHaveLength(1);
  expect((await ask('/login')).status).toBe(200);
  other.close();
});
