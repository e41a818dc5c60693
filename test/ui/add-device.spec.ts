import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support.ts';

async function nothingGrave(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('a device is chosen from the list, tried live, and saved with its password apart, all by keyboard', async ({
  stage,
}) => {
  const page = await stage.open('devices');
  await page.getByRole('link', { name: 'Add device' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Maker or model' }).fill('shelly 3em');
  await page.getByRole('button', { name: /^Shelly Pro 3EM, Pro EM/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name').fill('Meter in the cellar');
  await page.getByLabel('Address').fill('192.168.178.40');
  await page.getByLabel('User').fill('admin');
  await page.getByLabel('Password or token').fill('hunter2');
  await page.keyboard.press('Enter');
  const test = page.locator('.live-test');
  await expect(test).toContainText('Import');
  await expect(test).toContainText('250 W');
  await expect(test).toContainText('231.4 V');
  await nothingGrave(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  expect(stage.fixture.calls).toMatchObject([
    { member: 'devices.saveSecret', input: { name: 'meter-in-the-cellar' } },
    {
      member: 'devices.savePlant',
      input: {
        id: 'meter-in-the-cellar',
        family: 'shelly-gen2',
        roles: ['grid'],
        connection: {
          transport: 'http',
          host: '192.168.178.40',
          port: 80,
          user: 'admin',
          secret: 'meter-in-the-cellar',
        },
      },
    },
  ]);
});

test('a factory password is filled in only when the owner asks', async ({ stage }) => {
  const page = await stage.open('devices?add=load');
  await page.getByRole('searchbox', { name: 'Maker or model' }).fill('antminer');
  await page.getByRole('button', { name: /^Antminer, Bitmain firmware/ }).click();
  const [user, password] = [page.getByLabel('User'), page.getByLabel('Password or token')];
  await expect(password).toHaveValue('');
  await page.getByRole('button', { name: 'Fill in the factory password' }).click();
  await expect(user).toHaveValue('root');
  await expect(password).toHaveValue('root');
});

test('what does not answer says why and what to do, and can be saved all the same', async ({ stage }) => {
  const page = await stage.open('devices?add=plant');
  await page.getByRole('button', { name: /^Victron/ }).click();
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.getByLabel('Address')).toBeFocused();
  await expect(page.locator('.field', { hasText: 'Address' })).toContainText('such as 192.168.178.40');
  await page.getByLabel('Address').fill('192.168.178.99');
  await page.getByLabel('Unit number').fill('300');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.field', { hasText: 'Unit number' })).toContainText('from 0 to 255');
  await page.getByLabel('Unit number').fill('100');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.live-test')).toContainText('Check its address, its power');
  await nothingGrave(page);
  await page.getByRole('button', { name: 'Save anyway' }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('devices.savePlant');
});

test('the network is searched on the owner’s word, can be stopped, and what it found fills the form', async ({
  stage,
}) => {
  const page = await stage.open('devices?add=plant');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await page.getByRole('button', { name: 'Search now' }).click();
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', /0\.33/);
  await expect(page.getByText('Searching, 34')).toBeVisible();
  await page.getByRole('button', { name: 'Stop searching' }).click();
  await expect(page.getByText('Stopped. 2 devices found.')).toBeVisible();
  await page.locator('.found li', { hasText: 'Bitaxe' }).getByRole('button').click();
  await expect(page.getByLabel('Address')).toHaveValue('192.168.178.61');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.live-test')).toContainText('1.2 TH/s');
});

test('a device is removed only after saying what is lost, and a refusal is shown', async ({ stage }) => {
  const page = await stage.open('devices');
  await page.locator('.device', { hasText: 'Grid meter' }).getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Remove from the site' }).click();
  await expect(page.getByText('What the ledger holds stays.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Without a grid meter a bound')).toBeVisible();
  expect(stage.fixture.calls).toEqual([]);
});

test('the raw view shows what the device said, with private data blanked', async ({ stage }) => {
  const page = await stage.open('devices');
  const meter = page.locator('.device', { hasText: 'Grid meter' });
  await meter.getByText('Raw view and report').click();
  await expect(meter.getByRole('textbox')).toHaveValue(/•••/);
  await nothingGrave(page);
});

test('an address in the internet is asked about before anything is sent there', async ({ stage }) => {
  const page = await stage.open('devices?add=plant');
  await page.getByRole('button', { name: /^Victron/ }).click();
  const meant = page.getByLabel('It is reached over the internet');
  await page.getByLabel('Address').fill('192.168.178.99');
  await expect(meant).toHaveCount(0);
  await page.getByLabel('Address').fill('203.0.113.5');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.field', { hasText: 'Address' })).toContainText('not in the home network');
  await meant.check();
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.field', { hasText: 'Address' })).not.toContainText('not in the home network');
  await nothingGrave(page);
});

test('a device of one’s own is described, tried live and kept, and a file is refused with its field', async ({
  stage,
}) => {
  const page = await stage.open('devices?add=plant');
  await page.getByRole('link', { name: 'Describe it yourself' }).click();
  await page.getByLabel('Name').fill('My meter');
  await page.getByLabel('Address').fill('192.168.178.50');
  await page.getByLabel('Register', { exact: true }).fill('40');
  await page.getByRole('button', { name: 'Add quantity' }).click();
  await page.getByLabel('Register', { exact: true }).last().fill('51');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('.live-test')).toContainText('250 W');
  await nothingGrave(page);
  const wrong = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
  await page.getByLabel('JSON file of a profile').setInputFiles(wrong);
  const own = page.locator('section', { has: page.getByRole('heading', { name: 'Own profiles' }) });
  await own.getByRole('button', { name: 'Test it' }).click();
  await expect(own.getByText('blocks: name at least one register')).toBeVisible();
  await expect(own.getByRole('button', { name: 'Save and use it' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Save and use it' }).click();
  await expect(page.getByRole('heading', { name: 'Add device' })).toBeVisible();
});

test('profiles of one’s own are listed, edited and tried as text, and taken out where nothing uses them', async ({
  stage,
}) => {
  const page = await stage.open('devices?profile=new');
  const own = page.locator('section', { has: page.getByRole('heading', { name: 'Own profiles' }) });
  await expect(own.getByText('in use by Heat pump')).toBeVisible();
  await expect(own.getByRole('button', { name: 'Remove heat-pump' })).toBeDisabled();
  await own.getByRole('button', { name: 'Edit as text old-meter' }).click();
  const text = own.getByLabel('Text of the profile');
  await expect(text).toHaveValue(/"protocol": "registers"/);
  await own.getByLabel('Address').fill('192.168.178.51');
  await own.getByLabel('Unit').fill('3');
  await own.getByRole('button', { name: 'Test it' }).click();
  await expect(own.locator('.live-test')).toContainText('250 W');
  expect(stage.fixture.calls.at(-1)).toMatchObject({
    member: 'devices.tryProfile',
    input: { device: { connection: { host: '192.168.178.51', port: 502, unit: 3 }, roles: ['production'] } },
  });
  await text.fill('{}');
  await expect(own.locator('.live-test')).toHaveCount(0);
  await nothingGrave(page);
  await own.getByRole('button', { name: 'Remove old-meter' }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1))
    .toEqual({ member: 'devices.removeProfile', input: { id: 'old-meter' } });
});

for (const [name, hash] of [
  ['add', 'devices?add=plant'],
  ['profile', 'devices?profile=new'],
  ['site', 'devices?connect=site'],
  ['limits', 'devices?connect=limits'],
] as const) {
  test(`${name}: nothing grave in dark Arabic, and nothing scrolls sideways on a phone in any language`, async ({
    stage,
  }) => {
    await nothingGrave(await stage.open(hash, { theme: 'dark', language: 'ar' }));
    for (const language of ['en', 'de', 'es', 'ar']) {
      const page = await stage.open(hash, { language, width: 390, height: 844 });
      await page.locator('main .card').first().waitFor();
      const wide = await page.evaluate(() => document.querySelector('main')!.scrollWidth - window.innerWidth);
      expect(wide, language).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
}
