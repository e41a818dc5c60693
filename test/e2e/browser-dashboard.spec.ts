import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/headless-host.ts';
import { flowInWords } from './support/packaged-app.ts';

test('the address opens the dashboard, its figures move, and the page may do no more than it needs', async ({
  host,
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.url);
  await expect(page).toHaveTitle('Spillway');
  await expect(page.getByText(/^Simulated/)).toBeVisible();
  await expect.poll(() => flowInWords(page)).toMatch(/Production \S+\sk?W/);
  const first = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(first);
  expect(complaints).toEqual([]);

  expect(page.url()).not.toContain('token');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  await page.reload();
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
});

test('a token that was used opens nothing', async ({ host, page, browser }) => {
  await page.goto(host.url);
  await expect(page).toHaveTitle('Spillway');
  const stranger = await (await browser.newContext()).newPage();
  const again = await stranger.goto(host.url);
  expect(again?.status()).toBe(401);
  await expect(stranger.locator('body')).toContainText('was used already');
  expect((await stranger.goto(host.origin))?.status()).toBe(401);
});

test('a page of another site reads nothing and opens no socket, even in the owner’s browser', async ({
  host,
  page,
  context,
}) => {
  await page.goto(host.url);
  await expect(page).toHaveTitle('Spillway');
  const elsewhere = createServer((_request, response) => response.end('<!doctype html><title>elsewhere</title>'));
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    const foreign = await context.newPage();
    await foreign.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const outcome = await foreign.evaluate(async (origin) => {
      const fetched = await fetch(`${origin}/healthz`, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      );
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/port`);
      const opened = await new Promise<string>((resolve) => {
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      });
      return { fetched, opened };
    }, host.origin);
    expect(outcome).toEqual({ fetched: 'refused', opened: 'refused' });
  } finally {
    elsewhere.close();
  }
});

test('asked to end, it leaves with code 0, and the page says that it was ended', async ({ host, page }) => {
  await page.goto(host.url);
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  expect(await host.quit()).toBe(0);
  await expect(page.getByRole('alert')).toContainText('Spillway was ended on its computer');
  await expect(page.getByText(/Reconnecting/)).toHaveCount(0);
});

test('after a restart an open page goes on by itself', async ({ host, page }) => {
  await page.goto(host.url);
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const gone = once(host.child, 'exit');
  host.child.kill('SIGKILL');
  await gone;
  await expect(page.getByText(/^Engine lost/)).toBeVisible();
  const next = await host.again();
  try {
    await expect(page.getByRole('alert')).toHaveCount(0);
    const first = await flowInWords(page);
    await expect.poll(() => flowInWords(page)).not.toBe(first);
  } finally {
    await next.quit();
  }
});

test('a page whose session is no longer known says that it is signed out, and goes on once the new address was opened', async ({
  host,
  page,
  context,
}) => {
  await page.goto(host.url);
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const gone = once(host.child, 'exit');
  host.child.kill('SIGKILL');
  await gone;
  await rm(join(host.dataDir, 'access.json'));
  const next = await host.again();
  try {
    await expect(page.getByRole('alert')).toContainText('this page is signed out');
    await expect(page.getByRole('alert')).toContainText('Open the new address');
    await (await context.newPage()).goto(next.url);
    await expect(page.getByRole('alert')).toHaveCount(0);
  } finally {
    await next.quit();
  }
});
