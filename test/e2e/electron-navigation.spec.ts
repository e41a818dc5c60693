import { expect, test } from './support/packaged-app.ts';

const home = 'app://spillway/index.html';

/** Every way that a page could leave, as a script in the page would try it. */
const escapes: Record<string, string> = {
  'a web page': `location.href = 'https://example.invalid/'`,
  'a web page that names us in its query': `location.href = 'https://example.invalid/?next=app://spillway'`,
  'a host that begins like ours': `location.href = 'app://spillway.invalid/index.html'`,
  'our name as a user': `location.href = 'app://spillway@example.invalid/'`,
  'a file': `location.href = 'file:///etc/passwd'`,
  'inline data': `location.href = 'data:text/html,<h1>escaped</h1>'`,
  'a script address': `location.href = 'javascript:document.title="escaped"'`,
  'a replaced address': `location.replace('https://example.invalid/')`,
  'a link': `Object.assign(document.createElement('a'), { href: 'https://example.invalid/' }).click()`,
  'a link to a new window': `Object.assign(document.createElement('a'), { href: 'https://example.invalid/', target: '_blank' }).click()`,
  'a new window': `window.open('https://example.invalid/')`,
  'a new window of ours': `window.open('app://spillway/index.html')`,
  'an empty new window': `window.open('')`,
  'a form': `{ const form = Object.assign(document.createElement('form'), { action: 'https://example.invalid/' }); document.body.append(form); form.submit(); }`,
  'a frame': `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/' }))`,
  'a webview': `document.body.append(Object.assign(document.createElement('webview'), { src: 'https://example.invalid/' }))`,
  'a refresh': `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0; url=https://example.invalid/' }))`,
  'an inline script': `document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "escaped"' }))`,
  'a script from elsewhere': `document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.invalid/x.js' }))`,
};

test('the page cannot leave, whatever its scripts try', async ({ packaged: { app, page } }) => {
  await expect(page.getByText(/^Simulated/)).toBeVisible();
  for (const [name, script] of Object.entries(escapes)) {
    await test.step(name, async () => {
      // Through the window's own frame, not Playwright's, which may evaluate what the page's policy forbids.
      await app.evaluate(
        ({ BrowserWindow }, code) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`void (() => { ${code} })()`, true),
        script,
      );
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const state = await app.evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        return {
          windows: windows.length,
          url: windows[0]?.webContents.getURL(),
          frames: windows[0]?.webContents.mainFrame.frames.filter(({ url }) => url.startsWith('http')).length,
        };
      });
      expect(state, name).toEqual({ windows: 1, url: home, frames: 0 });
    });
  }
  await expect(page).toHaveTitle('Spillway');
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
