import { expect, flowInWords, test } from './support/packaged-app.ts';

test('the window opens, says that it is simulated, and its figures move', async ({ packaged: { app, page } }) => {
  await expect(page).toHaveTitle('Spillway');
  await expect(page.getByText(/^Simulated/)).toBeVisible();
  await expect.poll(() => flowInWords(page)).toMatch(/Production \S+\sk?W/);
  const first = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(first);

  const size = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
  expect(size).toEqual([1280, 800]);
});

test('the page holds two Ports and nothing else of the shell', async ({ packaged: { app, page } }) => {
  // The first load has had its Ports by then.
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  await page.addInitScript(() => {
    const seen: unknown[] = [];
    Object.assign(window, { seenHandOvers: seen });
    window.addEventListener('message', ({ data, ports, origin }) => seen.push({ data, ports: ports.length, origin }));
  });
  await page.reload();
  const handOver = (port: string) => ({
    data: { kind: 'spillway-port', port },
    ports: 1,
    origin: 'app://spillway',
  });
  const seen = () => page.evaluate(() => (window as unknown as { seenHandOvers: unknown[] }).seenHandOvers);
  await expect.poll(seen).toHaveLength(2);
  expect(await seen()).toEqual(expect.arrayContaining([handOver('shell'), handOver('engine')]));

  // Against a page of the same origin that has no preload: the rest are the page's own marks.
  const bare = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    await window.loadURL('app://spillway/no-such-file');
    const names: string[] = await window.webContents.executeJavaScript('Object.getOwnPropertyNames(window)');
    window.destroy();
    return names;
  });
  const names = await page.evaluate(() => Object.getOwnPropertyNames(window));
  const own = ['seenHandOvers', '__zod_globalConfig', '__zod_globalRegistry'];
  expect(names.filter((name) => !bare.includes(name) && !own.includes(name))).toEqual([]);
  expect(bare.length).toBeGreaterThan(500);
});

test('closing hides the window, the engine decides on, a second start shows it again', async ({
  packaged: { app, page },
}) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await app.evaluate(({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: true });
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(visible).toBe(false);
  await app.evaluate(({ app: shell }) => shell.emit('second-instance', {}, ['spillway'], '/'));
  await expect.poll(visible).toBe(true);
  const first = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(first);
});

test('a link opens a view of the page that is there, and a bad one nothing', async ({ packaged: { app, page } }) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const open = (link: string) =>
    app.evaluate(({ app: shell }, given) => shell.emit('second-instance', {}, ['spillway', given], '/'), link);
  await open('spillway://history?period=month&at=2026-05-01');
  await expect(page.locator('.stepper')).toContainText('May 2026');
  await open('spillway://boost?importW=9000');
  await open('spillway://settings/../devices.spillway');
  await app.evaluate(({ app: shell }) => shell.emit('open-url', { preventDefault() {} }, 'spillway://earnings'));
  await expect(page.locator('h1')).toHaveText('Earnings');
  expect(app.windows()).toHaveLength(1);
});

test('menus and dialogs follow the language of the page', async ({ packaged: { app, page } }) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const menus = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(await menus()).toContain('View');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Language').selectOption('de');
  await expect.poll(menus).toContain('Ansicht');
  await app.evaluate(({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = (options: unknown) => {
      Object.assign(globalThis, { asked: (options as { message?: string }).message });
      return Promise.resolve({ response: 2, checkboxChecked: false });
    };
    BrowserWindow.getAllWindows()[0]?.close();
  });
  const asked = () => app.evaluate(() => (globalThis as { asked?: string }).asked);
  await expect.poll(asked).toBe('Spillway entscheidet im Hintergrund weiter.');
  const open = (view: string) =>
    app.evaluate(({ Menu }, label) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
      items?.find((item) => item.label === label)?.click();
    }, view);
  await open('Verlauf');
  await expect(page.locator('h1')).toHaveText('Verlauf');
});

test('what the computer does with the app is chosen in Settings', async ({ packaged: { app, page } }) => {
  await page.getByRole('link', { name: 'Settings' }).click();
  const starts = page.getByLabel('Start with the computer');
  await expect(starts).not.toBeChecked();
  await page.getByLabel('Ask when the window is closed').uncheck();
  const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(visible).toBe(false);
});
