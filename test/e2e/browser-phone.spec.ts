import { once } from 'node:events';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import decodeQR from 'qr/decode.js';
import { flowInWords } from './support/flow-in-words.ts';
import { expect, test } from './support/headless-host.ts';

const PASSWORD = 'sun wind and water';

/** On the computer that runs it, the owner opens it to the network. @returns its address there */
async function openToNetwork(page: Page, url: string): Promise<string> {
  await page.goto(url);
  await page.goto(`${new URL(url).origin}/#/settings`);
  await expect(page.getByLabel('Open to the local network')).toBeDisabled();
  await page.getByLabel('Password for the network').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save password' }).click();
  await page.getByLabel('Open to the local network').click();
  await expect(page.getByLabel('Open to the local network')).toBeChecked();
  return page.getByText(/^https:\/\/127\.0\.0\.1:\d+$/).innerText();
}

/** Reads the code on the screen as a camera does. */
async function scan(page: Page, may: 'Look and change' | 'Look only'): Promise<string> {
  await page.getByLabel('The device may').selectOption(may);
  await page.getByRole('button', { name: 'Show pairing code' }).click();
  const code = page.getByRole('img', { name: 'Pairing code' });
  const image = await code.evaluate(async (svg) => {
    const size = 600;
    const picture = new Image();
    const copy = svg.cloneNode(true) as SVGElement;
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', String(size));
    copy.setAttribute('height', String(size));
    picture.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0);
    return { width: size, height: size, data: [...context.getImageData(0, 0, size, size).data] };
  });
  const text = decodeQR({ ...image, data: Uint8Array.from(image.data) });
  await page.getByRole('button', { name: 'Hide code' }).click();
  return text;
}

const phones: BrowserContext[] = [];
async function phone(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    ignoreHTTPSErrors: true,
    reducedMotion: 'reduce',
    ...options,
  });
  phones.push(context);
  return context.newPage();
}
test.afterEach(async () => {
  for (const context of phones.splice(0)) await context.close();
});

test('a phone is paired by the code, changes things, outlives a restart, and is shown out', async ({
  host,
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await openToNetwork(page, host.url);
  const url = await scan(page, 'Look and change');
  const mine = await phone(browser);
  await mine.goto(url);
  await expect.poll(() => flowInWords(mine)).toMatch(/Production/);
  expect(new URL(mine.url()).pathname).toBe('/');
  await mine.getByRole('button', { name: 'Stop mining' }).click();
  await expect(page.locator('.strip').getByText('Stopped')).toBeVisible();

  // The code works once.
  const second = await phone(browser);
  await second.goto(url);
  await expect(second.getByRole('alert')).toContainText('used already');

  const gone = once(host.child, 'exit');
  host.child.kill('SIGKILL');
  await gone;
  await expect(mine.getByText(/^Engine lost/)).toBeVisible();
  const next = await host.again();
  try {
    await expect(mine.getByText(/^Engine lost/)).toBeHidden();
    await expect(mine.locator('.strip').getByText('Stopped')).toBeVisible();
    await expect(page.getByText('Signed-in devices')).toBeVisible();
    await page.getByRole('button', { name: /^Sign out / }).click();
    await expect(mine.getByLabel('Password')).toBeVisible();
    expect(new URL(mine.url()).pathname).toBe('/login');
  } finally {
    await next.quit();
  }
});

test('a phone that may only look is shown no button that it may not press', async ({ host, page, browser }) => {
  await openToNetwork(page, host.url);
  const guest = await phone(browser);
  await guest.goto(await scan(page, 'Look only'));
  await expect.poll(() => flowInWords(guest)).toMatch(/Production/);
  await expect(guest.getByText('Read only')).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Stop mining' })).toHaveCount(0);
  await expect(guest.getByRole('button', { name: /^Mode/ })).toBeDisabled();
  await guest.goto(`${new URL(guest.url()).origin}/#/settings`);
  await expect(guest.getByText('It may look, and change nothing.')).toBeVisible();
  await expect(guest.getByText('Phones and other computers')).toHaveCount(0);
  await guest.getByRole('button', { name: 'Sign out of this device' }).click();
  await expect(guest.getByLabel('Password')).toBeVisible();
  await guest.goto(`${new URL(guest.url()).origin}/`);
  await expect(guest.getByLabel('Password')).toBeVisible();
});

test('the password opens it, a wrong one does not, and a deep link is kept', async ({ host, page, browser }) => {
  const address = await openToNetwork(page, host.url);
  const mine = await phone(browser);
  const complaints: string[] = [];
  mine.on('pageerror', (error) => complaints.push(error.message));
  mine.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await mine.goto(`${address}/#/history`);
  await expect(mine).toHaveTitle('Sign in to Spillway');
  expect(complaints).toEqual([]);
  await mine.getByLabel('Password').fill('sun wind and fire');
  await mine.getByRole('button', { name: 'Sign in' }).click();
  await expect(mine.getByRole('alert')).toHaveText('That is not the password.');
  await mine.getByLabel('Password').fill(PASSWORD);
  await mine.getByLabel('Password').press('Enter');
  await expect(mine.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
  expect(await mine.context().cookies()).toMatchObject([{ httpOnly: true, secure: true, sameSite: 'Strict' }]);
});

test('the login page speaks four languages, in light and dark, on any screen', async ({ host, page, browser }) => {
  test.setTimeout(150_000);
  const address = await openToNetwork(page, host.url);
  const titles = { en: 'Sign in', de: 'anmelden', es: 'Entrar', ar: 'تسجيل الدخول' };
  for (const [locale, title] of Object.entries(titles)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const visitor = await phone(browser, { locale, colorScheme });
      await visitor.goto(address);
      await expect(visitor.getByRole('heading', { level: 1 })).toContainText(title);
      expect(await visitor.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
      const { violations } = await new AxeBuilder({ page: visitor }).analyze();
      expect(violations.map(({ id, nodes }) => `${locale} ${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      for (const width of [320, 390, 1280]) {
        await visitor.setViewportSize({ width, height: 700 });
        const isCut = await visitor.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(isCut, `${locale} ${width}`).toBe(false);
      }
      await visitor.context().close();
    }
  }
  phones.length = 0;
});
