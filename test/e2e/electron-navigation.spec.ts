import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/packaged-app.ts';

const home = 'app://spillway/index.html';

/** Every way that a page could leave, as a script in the page would try it. */
const escapes = (elsewhere: string): Record<string, string> => ({
  'a web page': `location.href = '${elsewhere}'`,
  'a web page that names us in its query': `location.href = '${elsewhere}?next=app://spillway'`,
  'a host that begins like ours': `location.href = 'app://spillway.invalid/index.html'`,
  'our name as a user': `location.href = 'app://spillway@example.invalid/'`,
  'a file': `location.href = 'file:///etc/passwd'`,
  'inline data': `location.href = 'data:text/html,<h1>escaped</h1>'`,
  'a script address': `location.href = 'javascript:document.title="escaped"'`,
  'a replaced address': `location.replace('${elsewhere}')`,
  'a link': `Object.assign(document.createElement('a'), { href: '${elsewhere}' }).click()`,
  'a link to a new window': `Object.assign(document.createElement('a'), { href: '${elsewhere}', target: '_blank' }).click()`,
  'a new window': `window.open('${elsewhere}')`,
  'a new window of ours': `window.open('app://spillway/index.html')`,
  'an empty new window': `window.open('')`,
  'a form': `{ const form = Object.assign(document.createElement('form'), { action: '${elsewhere}' }); document.body.append(form); form.submit(); }`,
  'a frame': `document.body.append(Object.assign(document.createElement('iframe'), { src: '${elsewhere}' }))`,
  'a webview': `document.body.append(Object.assign(document.createElement('webview'), { src: '${elsewhere}' }))`,
  'a refresh': `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0; url=${elsewhere}' }))`,
  'an inline script': `document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "escaped"' }))`,
  'a script from elsewhere': `document.body.append(Object.assign(document.createElement('script'), { src: '${elsewhere}x.js' }))`,
});

test('the page cannot leave, whatever its scripts try', async ({ packaged: { app, page } }) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('escaped');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await expect(page.getByText(/^Simulated/)).toBeVisible();
  try {
    for (const [name, script] of Object.entries(escapes(elsewhere))) {
      // As the page's own script, with a user's gesture: what needs a click has had one.
      const tried = await app.evaluate(
        ({ BrowserWindow }, code) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            `(() => { ${code}; return 'tried'; })()`,
            true,
          ),
        script,
      );
      expect(tried, name).toBe('tried');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const state = await app.evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        const contents = windows[0]?.webContents;
        return { windows: windows.length, url: contents?.getURL(), title: contents?.getTitle() };
      });
      expect(state, name).toEqual({ windows: 1, url: home, title: 'Spillway' });
      expect(asked, name).toEqual([]);
    }
    // The server does count: it was there to be asked.
    await expect(fetch(elsewhere)).resolves.toMatchObject({ ok: true });
    expect(asked).toEqual(['GET /']);
  } finally {
    server.close();
  }
});

test('no permission is given', async ({ packaged: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(asked)).map(({ name, state }) => `${name} ${state}`);
  });
  expect(states).toHaveLength(6);
  expect(states.filter((state) => !state.endsWith(' denied'))).toEqual([]);
});

test('the page comes with a policy that allows nothing inline and nothing foreign', async ({ packaged: { page } }) => {
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(policy).not.toContain('http');
});
