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

test('a miner shows who measures its draw and what was learned of it', async ({ stage }) => {
  const page = await stage.open('devices');
  const miner = page.locator('.device', { hasText: 'Avalon Q' }).first();
  await expect(miner).toContainText('measured by');
  await expect(miner).toContainText('41 writes today');
  await miner.getByText('Power and hashrate').click();
  await expect(miner.getByRole('img', { name: /^Hashrate of .+ over its draw/ })).toBeVisible();
  await expect(miner.locator('.device-learned tbody tr')).toHaveCount(4);
  await expect(miner).toContainText('Its plug shows 1.06 times what it says itself.');
  await expect(miner).toContainText('It draws 9 W while paused.');
});
