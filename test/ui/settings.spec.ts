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
    ['6', 'Settings'],
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
