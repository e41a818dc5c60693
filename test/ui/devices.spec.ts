import { expect, test } from './support.ts';

test('a failing device says what, since when and what to do', async ({ stage }) => {
  stage.fixture.show('unknown');
  const page = await stage.open('devices');
  const meter = page.locator('.device', { hasText: 'Grid meter' });
  await expect(meter).toContainText('Failing');
  await expect(meter).toContainText('1 min ago');
  await expect(meter).toContainText('Check its power and network.');
});

test('the direction check runs by keyboard and can be cancelled', async ({ stage }) => {
  const page = await stage.open('devices');
  await page.getByRole('button', { name: 'Check again' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.direction')).toContainText('Now switch on a kettle');
  await expect(page.locator('.direction')).toContainText('0:21');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible();
});
