import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support.ts';

const tabs = ['overview', 'lots', 'pools', 'records'] as const;
const titles = { en: 'Earnings', de: 'Verdienst', es: 'Ganancias', ar: 'العائد' };

for (const tab of tabs) {
  for (const language of ['en', 'de', 'es', 'ar'] as const) {
    test(`${tab} ${language}: axe finds nothing, nothing leaves the page`, async ({ stage }) => {
      for (const look of [
        { theme: 'light', width: 1280, height: 800 },
        { theme: 'dark', width: 390, height: 844 },
      ] as const) {
        const page = await stage.open(`earnings?tab=${tab}`, { ...look, language });
        await expect(page.locator('h1')).toHaveText(titles[language]);
        await page.locator('main h2').first().waitFor({ state: 'attached' });
        // What is folded must be as good as what is seen.
        await page.evaluate(() => {
          for (const each of document.querySelectorAll('details')) each.open = true;
        });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        const wide = await page.evaluate(
          () => document.querySelector('main')!.scrollWidth - document.querySelector('main')!.clientWidth,
        );
        expect(wide).toBeLessThanOrEqual(0);
        const text = await page.locator('main').innerText();
        expect(text).not.toMatch(/NaN|undefined|\b(books|lots|pools|prices|records)\.[a-z]/);
        await page.context().close();
      }
    });
  }
}

test('lots show what is unknown as a dash, and take a price', async ({ stage }) => {
  const page = await stage.open('earnings?tab=lots');
  const rows = page.getByRole('region', { name: 'Table: Lots and sales' }).locator('tbody tr');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('–');
  await rows.first().getByRole('button', { name: 'Enter price' }).click();
  await page.getByLabel('Price per bitcoin (EUR)').first().fill('91500');
  await rows.first().getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => stage.fixture.calls)
    .toContainEqual({
      member: 'books.setPrice',
      input: { id: 'ln-2026-05-26', perBitcoin: 91_500 },
    });
});

test('the order of sale decides which lots a sale came from', async ({ stage }) => {
  const page = await stage.open('earnings?tab=lots');
  const sale = page.getByRole('region', { name: 'Table: Sold or spent' }).locator('tbody tr').first();
  // 25,000 sats: FIFO takes 21,400 at 18.92 € and 3,600 of 18,930 worth 17.40 €: 3.30 €; 23.10 − 0.25 − 22.22 = 0.63.
  await expect(sale).toContainText('€0.63');
  await page.getByLabel('Order of sale').selectOption('lifo');
  // The newest lot before the sale has no price: its gain is unknown.
  await expect(sale).toContainText('–');
});

test('a sale typed in goes to the books in minor units, and a wrong time does not', async ({ stage }) => {
  const page = await stage.open('earnings?tab=lots');
  await page.getByText('Type in a sale').click();
  const form = page.locator('details', { hasText: 'Type in a sale' });
  await form.getByLabel('Time').fill('soon');
  await form.getByLabel('Sats').fill('1000');
  await form.getByLabel('Proceeds').fill('0,92');
  await expect(form.getByRole('button', { name: 'Add' })).toBeDisabled();
  await form.getByLabel('Time').fill('2026-05-30 12:00');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1))
    .toEqual({
      member: 'books.addDisposals',
      input: {
        disposals: [
          {
            id: '2026-05-30T10:00:00.000Z 1000',
            atMs: Date.parse('2026-05-30T10:00:00Z'),
            sats: 1000,
            proceedsMinor: 92,
            feeMinor: 0,
          },
        ],
      },
    });
});

test('a file of one’s own is looked at, mapped and taken in', async ({ stage }) => {
  const page = await stage.open('earnings?tab=records');
  const text = 'Zeit;Erzeugung kWh;Netzbezug kWh;Einspeisung kWh\n2026-05-01 12:00;4,2;0,1;2,3\n';
  await page
    .getByLabel('Choose a file')
    .last()
    .setInputFiles({ name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByLabel('Production')).toHaveValue('Erzeugung kWh');
  await expect(page.getByLabel('Unit')).toHaveValue('kWh');
  await page.getByLabel('Export', { exact: true }).selectOption('');
  await page.getByRole('button', { name: 'Take in', exact: true }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1))
    .toEqual({
      member: 'books.importPastCsv',
      input: {
        file: expect.any(String),
        mapping: { start: 'Zeit', unit: 'kWh', production: 'Erzeugung kWh', import: 'Netzbezug kWh' },
      },
    });
  expect(stage.fixture.calls.find(({ member }) => member === 'books.handPart')?.input).toMatchObject({ text });
  await expect(page.getByRole('status')).toContainText('1 new');
});

test('a tariff with hours of its own is saved whole', async ({ stage }) => {
  const page = await stage.open('settings?section=prices');
  await page.getByRole('button', { name: 'Add hours' }).click();
  const row = page.locator('.use-row');
  await row.getByLabel('Import').fill('0.19');
  await page.locator('form', { hasText: 'Tariff' }).getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('site.save');
  expect(stage.fixture.calls.at(-1)?.input).toMatchObject({
    tariff: {
      importPerKwh: 0.31,
      exportPerKwh: 0.079,
      timeOfUse: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '06:00', importPerKwh: 0.19 }],
    },
  });
});

test('a pool’s token goes to the secrets and is only named in the settings', async ({ stage }) => {
  const page = await stage.open('earnings?tab=pools');
  await page.getByText('Add a pool').click();
  await page.getByLabel('User name').fill('me');
  await page.getByLabel('API token').fill('hidden');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('market.changeSettings');
  expect(JSON.stringify(stage.fixture.calls.at(-1)?.input)).not.toContain('hidden');
  const { pools } = stage.fixture.calls.at(-1)!.input as { pools: unknown[] };
  expect(pools.at(-1)).toMatchObject({ id: 'braiins-2', kind: 'braiins', user: 'me', secret: 'pool-braiins-2' });
  expect(pools).toHaveLength(3);
});

test('a backup is restored at the next start, or at one right now, and taking away says how much before', async ({
  stage,
}) => {
  const page = await stage.open('settings');
  await page
    .getByRole('button', { name: /Restore the backup until/ })
    .last()
    .click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('books.orderRestore');
  await page.getByRole('button', { name: 'Restart now' }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)).toEqual({ member: 'site.switchTo', input: { site: 'own' } });
  await page.getByRole('button', { name: 'Do not restore' }).click();
  await expect(page.getByRole('button', { name: 'Restart now' })).toHaveCount(0);
  await page.getByLabel('Take away what is before').fill('2026-03-15');
  await page.getByRole('button', { name: 'Show how much' }).click();
  await expect(page.getByText(/8,640 slots before/)).toBeVisible();
  expect(stage.fixture.calls.some(({ member }) => member === 'books.forget')).toBe(false);
  await page.getByRole('button', { name: 'Take away for good' }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('books.forget');
});

test('earnings say whose work is not verified by shares, and what stands for it', async ({ stage }) => {
  const page = await stage.open('earnings');
  await expect(page.locator('.chain')).toContainText('Not verified:');
  await expect(page.locator('.chain')).toContainText('the estimate from their hashrate');
});
