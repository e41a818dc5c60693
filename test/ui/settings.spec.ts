import { NOW_MS } from '../support/fixture/scenes.ts';
import { expect, test } from './support.ts';

test('language and theme change at once and stay', async ({ stage }) => {
  const page = await stage.open('settings');
  await page.getByLabel('Language').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('h1')).toHaveText('الإعدادات');
  await page.getByLabel('السمة').selectOption('dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('H covers amounts everywhere', async ({ stage }) => {
  const page = await stage.open('now');
  await expect(page.locator('.figure', { hasText: 'Earnings today' })).toContainText('€');
  await page.keyboard.press('h');
  await expect(page.locator('.figure', { hasText: 'Earnings today' })).toContainText('•••');
  await page.evaluate(() => (window.location.hash = '#/earnings'));
  await expect(page.locator('.equation')).not.toContainText('€');
});

test('keys open the views', async ({ stage }) => {
  const page = await stage.open('now');
  for (const [key, title] of [
    ['2', 'History'],
    ['3', 'Earnings'],
    ['4', 'Devices'],
    ['5', 'Strategy'],
    ['6', 'Planner'],
    ['7', 'Settings'],
  ]) {
    await page.keyboard.press(`Control+Digit${key}`);
    await expect(page.locator('h1')).toHaveText(title!);
  }
});

test('on a phone the other views are under More', async ({ stage }) => {
  const page = await stage.open('now', { width: 390, height: 844 });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Devices' }).click();
  await expect(page.locator('h1')).toHaveText('Devices');
});

const hot = { atMs: NOW_MS, id: 'too-hot', level: 'critical', message: 'English', subject: 'miner-1' } as const;
const silent = { atMs: NOW_MS + 1, id: 'meter-silent', level: 'warn', message: 'English' } as const;

test('what happens is said on the page, in its language, and leads to its place', async ({ stage }) => {
  const page = await stage.open('now', { language: 'de' });
  await page.locator('.toasts').waitFor({ state: 'attached' });
  await expect(page.locator('.node-value').first()).toHaveText(/4,20/);
  stage.fixture.tell(hot);
  await expect(page.locator('.toast')).toContainText('Avalon Q ist zu heiß und wurde gestoppt.');
  await page.getByRole('link', { name: 'Ansehen' }).click();
  await expect(page.locator('h1')).toHaveText('Geräte');
  await expect(page.locator('.toast')).toHaveCount(0);
});

test('a kind that was switched off is not said, the others are', async ({ stage }) => {
  const page = await stage.open('settings');
  await page.locator('.toasts').waitFor({ state: 'attached' });
  await page.getByLabel('Miner too hot').uncheck();
  stage.fixture.tell(hot);
  stage.fixture.tell(silent);
  await expect(page.locator('.toast')).toContainText(['The grid meter is silent']);
  await page.getByLabel('Hold them back during quiet hours').check();
  await expect(page.locator('input[type=time]').first()).toHaveValue('22:00');
  await page.reload();
  await expect(page.getByLabel('Miner too hot')).not.toBeChecked();
  await expect(page.locator('input[type=time]')).toHaveCount(2);
});

test('"?" lists the keys; letters can be switched off, other keys go on', async ({ stage }) => {
  const page = await stage.open('now');
  await page.keyboard.press('Shift+?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toContainText('Stop mining');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await page.keyboard.press('Control+Digit7');
  await page.getByLabel('Single letters are commands').uncheck();
  await page.locator('h1').click();
  await page.keyboard.press('h');
  await page.keyboard.press('Shift+?');
  await page.keyboard.press('Control+Digit1');
  await expect(page.locator('.figure', { hasText: 'Earnings today' })).toContainText('€');
  await expect(help).toHaveCount(0);
});

test('F6 goes from region to region', async ({ stage }) => {
  const page = await stage.open('now');
  const inside = () =>
    page.evaluate(
      () => document.activeElement?.closest('.rail, .strip, main')?.className || document.activeElement?.id,
    );
  const seen: unknown[] = [];
  for (let press = 0; press < 4; press++) {
    await page.keyboard.press('F6');
    seen.push(await inside());
  }
  expect(seen).toEqual(['rail', 'strip', 'content', 'rail']);
});

test('forced colours keep the patterns and mark what is chosen', async ({ stage }) => {
  const page = await stage.open('history');
  await page.emulateMedia({ forcedColors: 'active' });
  const adjust = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).forcedColorAdjust);
  expect(await adjust('.plot canvas')).toBe('none');
  expect(await adjust('.legend .swatch')).toBe('none');
  const outline = await page.locator('.rail a[aria-current]').evaluate((link) => getComputedStyle(link).outlineStyle);
  expect(outline).toBe('solid');
});

test('prices, backups and what is kept are one section each, linked from the earnings, and found by a word', async ({
  stage,
}) => {
  const page = await stage.open('earnings');
  await page.getByRole('link', { name: 'Prices', exact: true }).click();
  await expect(page.locator('h1')).toHaveText('Settings');
  await expect(page.getByRole('heading', { name: 'Tariff' })).toBeVisible();
  await expect(page.getByLabel('Language')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('back up');
  await expect(page.getByRole('button', { name: 'Back up now' })).toBeVisible();
  await expect(page.getByLabel('Language')).toBeHidden();
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('no such word');
  await expect(page.getByText('No setting says “no such word”.')).toBeVisible();
});

test('who may only look sees what is set, switched off, and why', async ({ stage }) => {
  stage.fixture.become('viewer');
  const page = await stage.open('settings');
  await expect(page.getByText('This page may only look.').first()).toBeVisible();
  await expect(page.getByLabel('Language')).toBeEnabled();
  await expect(page.getByLabel('Raw readings')).toBeDisabled();
  await page.evaluate(() => (window.location.hash = '#/devices'));
  const add = page.getByRole('button', { name: 'Add device' });
  await expect(add).toBeDisabled();
  await expect(add).toHaveAttribute('title', /may only look/);
  await expect(page.getByRole('button', { name: /^Edit/ }).first()).toBeDisabled();
  await expect(page.getByText('Raw values')).toHaveCount(0);
  await page.evaluate(() => (window.location.hash = '#/devices?add=plant'));
  await expect(page.getByText('This page may only look.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search' })).toHaveCount(0);
});
