import { expect, test } from './support/headless-host.ts';
import { startWrongMeter } from './support/wrong-meter.ts';

test('from the simulated site to one’s own: a meter that hangs wrong is said to, turned, and proven', async ({
  host,
  page,
}) => {
  test.setTimeout(180_000);
  const meter = await startWrongMeter(400);
  try {
    await page.goto(host.url);
    await page.getByRole('link', { name: 'Devices', exact: true }).click();
    await page.getByRole('link', { name: 'Connect my own devices' }).click();
    await page.getByRole('button', { name: 'Begin my site' }).click();
    await expect(page.getByText('Give it a name')).toBeVisible();
    await page.getByLabel('Name of the site').fill('Mill House');
    await page.getByLabel('Import costs').fill('0,31');
    await page.getByRole('button', { name: 'Begin my site' }).click();

    // The page finds the engine of the new site by itself, and the set-up goes on.
    await expect(page.locator('.site-name')).toHaveText('Mill House', { timeout: 30_000 });
    await expect(page.getByText(/^Simulated/)).toHaveCount(0);
    await page.getByRole('link', { name: 'Add device' }).click();
    await page.getByLabel('Maker or model').fill('Shelly EM, 3EM');
    await page.getByRole('button', { name: /^Shelly EM, 3EM/ }).click();
    await page.getByLabel('Name').fill('Clamp');
    await page.getByLabel('Address').fill('127.0.0.1');
    await page.getByLabel('Port').fill('9');
    await page.getByRole('button', { name: 'Test it' }).click();
    await expect(page.locator('.live-test.bad')).toContainText('127.0.0.1:9');
    await page.getByLabel('Port').fill(String(meter.port));
    await page.getByRole('button', { name: 'Test it' }).click();
    await expect(page.locator('.live-test.good')).toContainText('Export');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.locator('.device', { hasText: 'Clamp' })).toContainText('Live');

    await page.getByRole('link', { name: /Check/ }).click();
    await page.getByRole('button', { name: 'Check direction' }).click();
    await expect(page.getByText('Now switch on a kettle')).toBeVisible({ timeout: 30_000 });
    meter.load(2000);
    await expect(page.getByText('We turned it')).toBeVisible({ timeout: 30_000 });
    meter.load(-2000);
    await page.getByRole('button', { name: /^Check/ }).click();
    await expect(page.getByText('Now switch on a kettle')).toBeVisible({ timeout: 30_000 });
    meter.load(2000);
    await expect(page.getByText('Right way round')).toBeVisible({ timeout: 30_000 });

    // The simulated site is still there, and so is one's own.
    await page.getByRole('link', { name: 'Devices', exact: true }).click();
    await page.getByRole('button', { name: 'Look at the simulated site' }).click();
    await expect(page.getByText(/^Simulated/).first()).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Go to my site' }).click();
    await expect(page.locator('.device', { hasText: 'Clamp' })).toContainText('Live', { timeout: 30_000 });
  } finally {
    meter.close();
  }
});
