import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { Page } from '@playwright/test';
import { expect, flowInWords, test } from './support/packaged-app.ts';

const executable = process.env['SPILLWAY_APP'] ?? '';

test('a window whose page is not ours gets no Port, though it has our preload', async ({ packaged: { app, page } }) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const given = await app.evaluate(async ({ app: shell, BrowserWindow }) => {
    const preload = `${shell.getAppPath()}/out/preload/preload.cjs`;
    const ask = async (address: string) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      let ports = 0;
      window.webContents.postMessage = () => void (ports += 1);
      await window.loadURL(address).catch(() => {});
      // What the preload sent has come before this comes back.
      await window.webContents.executeJavaScript('1');
      window.destroy();
      return ports;
    };
    return {
      ours: await ask('app://spillway/index.html'),
      'a name that begins like ours': await ask('app://spillway.invalid/index.html'),
      data: await ask('data:text/html,<h1>x</h1>'),
      blank: await ask('about:blank'),
    };
  });
  expect(given).toEqual({ ours: 2, 'a name that begins like ours': 0, data: 0, blank: 0 });
});

test('the window is sandboxed, and nothing of Node is in it', async ({ packaged: { app, page } }) => {
  // Electron's types leave the method out.
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  for (const [name, expected] of Object.entries({
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  }))
    expect([name, preferences[name] ?? expected]).toEqual([name, expected]);
  const seen = await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window));
  expect(seen).toEqual([]);
});

/** The Ports that the page was given, for a script in the page that has gone bad. */
async function stealPorts(page: Page) {
  await page.addInitScript(() => {
    const stolen: Record<string, MessagePort> = {};
    Object.assign(window, { stolen });
    window.addEventListener('message', ({ data, ports }) => {
      const { port } = data as { port: string };
      if (ports[0]) stolen[port] = ports[0];
    });
  });
  await page.reload();
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
}

test('messages that are malformed, huge or poisoned change nothing, and the engine goes on', async ({
  packaged: { app, page },
}) => {
  await stealPorts(page);
  const answers = await page.evaluate(async () => {
    const { stolen } = window as unknown as { stolen: Record<string, MessagePort> };
    let deep: unknown = 1;
    for (let n = 0; n < 500; n += 1) deep = [deep];
    const poisoned: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    const bad: unknown[] = [
      null,
      0,
      'text',
      [],
      {},
      new Uint8Array(1000),
      'x'.repeat(20_000_000),
      deep,
      poisoned,
      { t: 'call' },
      { t: 'call', id: 'x', m: 'control.stop', input: {} },
      { t: 'call', id: 1.5, m: 'control.stop', input: {} },
      { t: 'call', id: 1, m: 'control.stop', input: {}, more: 1 },
      { t: 'call', id: 1, m: 'x'.repeat(200), input: {} },
      { t: '__proto__', id: 1, m: 'control.stop' },
    ];
    const outcomes: string[] = [];
    for (const [name, port] of Object.entries(stolen)) {
      for (const message of bad) port.postMessage(message);
      const ask = (id: number, m: string, input: unknown) =>
        new Promise<string>((resolve) => {
          const hear = ({ data }: MessageEvent<{ id?: number; t?: string; code?: string }>) => {
            if (data?.id !== id) return;
            port.removeEventListener('message', hear);
            resolve(`${name} ${m.slice(0, 30)}: ${data.code ?? data.t}`);
          };
          port.addEventListener('message', hear);
          port.postMessage({ t: 'call', id, m, input });
        });
      let id = 1_000_000;
      for (const m of ['__proto__.toString', 'constructor.constructor', 'site.__proto__', 'toString', 'app.__proto__'])
        outcomes.push(await ask((id += 1), m, {}));
      const known = name === 'engine' ? 'control.changeSettings' : 'window.follow';
      outcomes.push(await ask((id += 1), known, poisoned), await ask((id += 1), known, deep));
      const inside = name === 'engine' ? { control: poisoned } : { theme: poisoned };
      outcomes.push(await ask((id += 1), known, inside));
    }
    return outcomes.toSorted();
  });
  const unknown = (port: string) =>
    ['__proto__.toString', 'app.__proto__', 'constructor.constructor', 'site.__proto__', 'toString'].map(
      (m) => `${port} ${m}: unknown`,
    );
  expect(answers).toEqual(
    [
      ...unknown('engine'),
      ...unknown('shell'),
      'engine control.changeSettings: bad-input',
      'engine control.changeSettings: bad-input',
      // Keys of prototypes are unknown settings: the answer is a refusal that names them.
      'engine control.changeSettings: result',
      ...Array.from({ length: 3 }, () => 'shell window.follow: bad-input'),
    ].toSorted(),
  );
  expect(await app.evaluate(() => 'polluted' in {})).toBe(false);
  const first = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(first);
  await expect(page.getByRole('button', { name: 'Stop mining' })).toBeVisible();
});

/** Every file below a folder as text. */
async function textsOf(folder: string): Promise<[string, string][]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [path, await readFile(path, 'latin1').catch(() => '')];
    });
  return Promise.all(read);
}

test('a secret goes in and never comes out: not to the page, the log, a file, a report', async ({
  packaged: { page, dataDir },
}) => {
  const secret = 'hush-4711-do-not-tell';
  await stealPorts(page);
  const heard = await page.evaluate(async (value) => {
    const { shell, engine } = (window as unknown as { stolen: Record<string, MessagePort> }).stolen;
    const all: string[] = [];
    for (const port of [shell!, engine!])
      port.addEventListener('message', ({ data }) => all.push(JSON.stringify(data)));
    const ask = (port: MessagePort, id: number, m: string, input: unknown) =>
      new Promise((resolve) => {
        port.addEventListener('message', ({ data }: MessageEvent<{ id?: number }>) => data?.id === id && resolve(data));
        port.postMessage({ t: 'call', id, m, input });
      });
    await ask(shell!, 2_000_001, 'secrets.save', { name: 'miner', value });
    await ask(shell!, 2_000_002, 'secrets.names', {});
    await ask(shell!, 2_000_003, 'secrets.save', { name: 'spillway/tls-key', value });
    await ask(shell!, 2_000_004, 'secrets.get', { name: 'miner' });
    await ask(engine!, 2_000_005, 'site.get', {});
    await ask(engine!, 2_000_006, 'ledger.exportCsv', { fromMs: 0, toMs: 1e12, resolution: 'day' });
    return all;
  }, secret);
  expect(heard.filter((message) => message.includes('2000002'))).toEqual([
    JSON.stringify({ t: 'result', id: 2_000_002, value: ['miner'] }),
  ]);
  expect(heard.filter((message) => message.includes(secret))).toEqual([]);
  expect(heard.find((message) => message.includes('2000003'))).toContain('bad-input');
  expect(heard.find((message) => message.includes('2000004'))).toContain('unknown');
  const texts = await textsOf(dataDir);
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([]);
});

test('the fuses are as the release wants them, but for the inspector that this test uses', async () => {
  const wire = await getCurrentFuseWire(executable);
  const ON = 49;
  const OFF = 48;
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: OFF,
    [FuseV1Options.EnableCookieEncryption]: ON,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
    [FuseV1Options.EnableNodeCliInspectArguments]: ON,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
    [FuseV1Options.OnlyLoadAppFromAsar]: ON,
  });
});

test('the app runs no code of whoever starts it', async ({ dataDir }) => {
  const mark = join(dataDir, 'ran');
  const evil = join(dataDir, 'evil.cjs');
  await writeFile(evil, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`);
  // What only our own command line refuses in these words: as Node it would run the script, or say "bad option".
  const start = (env: Record<string, string>, args: string[]) => {
    const { status, stderr } = spawnSync(executable, ['--no-sandbox', ...args, '--data'], {
      env: { ...process.env, ...env },
      timeout: 30_000,
    });
    return { status, isOurs: stderr.toString().includes('spillway: --data needs the path of a folder.') };
  };
  expect(start({}, [])).toEqual({ status: 2, isOurs: true });
  expect(start({ ELECTRON_RUN_AS_NODE: '1' }, ['-r', evil])).toEqual({ status: 2, isOurs: true });
  expect(start({ NODE_OPTIONS: `--require ${evil}` }, [])).toEqual({ status: 2, isOurs: true });
  expect(existsSync(mark)).toBe(false);
});

test('the window lets a phone in, and the key of its certificate lies in no file', async ({ dataDir, packaged }) => {
  const { page } = packaged;
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  await page.evaluate(() => (window.location.hash = '#/settings'));
  await page.getByLabel('Password for the network').fill('sun wind and water');
  await page.getByRole('button', { name: 'Save password' }).click();
  await expect(page.getByText('A password is set.')).toBeVisible();
  // Of this computer alone: what an owner may write into the file.
  const file = join(dataDir, 'access.json');
  const kept = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...kept, enabled: true, host: '127.0.0.1', port }));
  const { app } = packaged;
  const pid = await app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'spillway-engine')?.pid,
  );
  process.kill(pid!, 'SIGKILL');

  const ask = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  await expect
    .poll(() => ask('/login').catch(() => ({ status: 0 })), { timeout: 30_000 })
    .toMatchObject({ status: 200 });
  const login = await ask('/login');
  const [script = ''] = /\/assets\/login-[\w-]+\.js/.exec(login.body) ?? [];
  expect(await ask(script)).toMatchObject({ status: 200 });
  expect(await ask('/healthz')).toMatchObject({ status: 401 });
  const texts = await textsOf(dataDir);
  expect(texts.filter(([, text]) => text.includes('PRIVATE KEY')).map(([path]) => path)).toEqual([]);
});

test('a site file that is opened runs only after the owner saw its programs and said so', async ({
  dataDir,
  packaged: { app, page },
}) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const mark = join(dataDir, 'ran');
  const path = join(dataDir, 'mail.spillway');
  const connection = { transport: 'process', start: ['/usr/bin/touch', mark] };
  const loads = [{ id: 'job', name: 'Job', family: 'process', connection }];
  const site = { version: 1, id: 'mail', name: 'From a mail', timeZone: 'UTC', currency: 'EUR', loads };
  await writeFile(path, JSON.stringify(site));
  const open = (file: string) =>
    app.evaluate(({ app: shell, dialog }, argument) => {
      const asked = new Promise<string>((resolve) => {
        dialog.showMessageBox = (options: unknown) => {
          const { message, detail, defaultId, cancelId } = options as Electron.MessageBoxOptions;
          resolve(`${message} | ${detail} | ${(defaultId ?? 0) === (cancelId ?? 0)}`);
          return Promise.resolve({ response: 1, checkboxChecked: false });
        };
      });
      shell.emit('second-instance', {}, ['spillway', argument], '/');
      return asked;
    }, file);
  const question = await open(path);
  expect(question).toContain('Run the site “From a mail”?');
  expect(question).toContain(`/usr/bin/touch ${mark}`);
  // Return and Escape both say no.
  expect(question).toMatch(/true$/);
  await writeFile(path, '{"version":1');
  expect(await open(path)).toContain('This is no site file of Spillway');
  await expect(page.getByText(/^Simulated/)).toBeVisible();
  expect(existsSync(mark)).toBe(false);
});
