import { NOW_MS } from '../support/fixture/scenes.ts';
import { expect, test } from './support.ts';

test('a changed floor goes to the engine as one change', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByLabel('Battery floor').fill('55');
  await expect(page.locator('.strategy-foot')).toContainText('1 change');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.strategy-foot')).toContainText('Applied');
  const [call] = stage.fixture.calls;
  expect(call).toMatchObject({
    member: 'control.changeSettings',
    input: { control: { battery: { floorPercent: 55, capacityWh: 10_000 } } },
  });
});

test('a change can be taken back', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByLabel('Battery floor').fill('55');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Battery floor')).toHaveValue('40');
  await expect.poll(() => stage.fixture.calls).toHaveLength(2);
});

test('what the engine refuses is shown at its field, and nothing is lost', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByLabel('Reserve', { exact: false }).first().fill('9000');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.field', { hasText: 'Reserve' }).locator('.field-problem')).toContainText(
    'At most 5,000.',
  );
  await expect(page.getByLabel('Reserve', { exact: false }).first()).toHaveValue('9000');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('Reserve', { exact: false }).first()).toHaveValue('250');
});

test('a limit can be taken away', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByLabel('Export limit').fill('');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => stage.fixture.calls.at(-1)?.member).toBe('site.save');
  expect(JSON.stringify(stage.fixture.calls.at(-1)!.input)).not.toContain('exportLimitW');
});

test('quiet hours: a window more, a day less', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByRole('button', { name: 'Add quiet hours' }).click();
  await page.locator('.weekly-window').last().getByRole('button', { name: 'Sun' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1)?.input)
    .toMatchObject({ control: { quietHours: [{}, { days: [1, 2, 3, 4, 5, 6], from: '22:00', to: '06:00' }] } });
});

test('a boost needs a permission, says its cost, and can be ended', async ({ stage }) => {
  const page = await stage.open('strategy');
  const start = page.getByRole('button', { name: 'Start boost' });
  await expect(start).toBeDisabled();
  await page.getByLabel('May buy from the grid').check();
  await page.getByLabel('Import in watts').fill('1500');
  await page.locator('[name=minutes]').selectOption('120');
  await expect(page.locator('.boost-cost')).toContainText('Up to 3.00 kWh bought, about €0.93.');
  await page.locator('[name=loadId]').selectOption('miner-1');
  await start.click();
  await expect(page.locator('.boost')).toContainText('Avalon Q: boost until 15:50.');
  await expect(page.locator('.strip')).toContainText('Boost until 15:50');
  expect(stage.fixture.calls.at(-1)).toMatchObject({
    member: 'control.boost',
    input: { loadId: 'miner-1', importW: 1500, untilMs: NOW_MS + 7_200_000 },
  });
  await page.getByRole('button', { name: 'End boost' }).click();
  await expect(start).toBeVisible();
});

test('the mode menu leads to the boost and begins none', async ({ stage }) => {
  const page = await stage.open('now');
  await page.getByRole('button', { name: /^Mode/ }).click();
  await page.getByRole('menuitemradio', { name: /Boost/ }).click();
  await expect(page.getByRole('button', { name: 'Start boost' })).toBeVisible();
  expect(stage.fixture.calls).toEqual([]);
});

test('a preview shows recorded days with the numbers in the form beside what happened', async ({ stage }) => {
  const page = await stage.open('strategy');
  await page.getByLabel('Reserve', { exact: false }).first().fill('100');
  await page.getByRole('button', { name: 'Preview' }).click();
  const mined = page.locator('.preview tr', { hasText: 'Mined' }).locator('td');
  await expect(mined).toHaveText(['6.42\u00a0kWh', '6.40\u00a0kWh', '7.10\u00a0kWh']);
  await expect(page.locator('.preview')).toContainText('98.6');
  await expect(page.locator('.strategy-foot')).toContainText('1 change');
  await page.getByLabel('Battery floor').fill('99');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('.preview')).toContainText('Nothing is recorded in that time.');
});

test('prices decide in sentences that are changed in place', async ({ stage }) => {
  const page = await stage.open('strategy', { language: 'de' });
  const rules = page.locator('.price-rules');
  await expect(rules).toContainText('Einspeisung bringt jetzt');
  await rules.getByRole('spinbutton').fill('0.005');
  await rules.getByRole('combobox').selectOption('all-surplus');
  await page.getByRole('button', { name: 'Anwenden' }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1)?.input)
    .toEqual({ control: { marginPerKwh: 0.005, withoutMarket: 'all-surplus' } });
});

test('a contracted supply says what it may cost before it is applied', async ({ stage }) => {
  const page = await stage.open('strategy');
  const supply = page.locator('.weekly', { hasText: 'Contracted supply' });
  await supply.getByRole('button', { name: 'Add a stretch' }).click();
  await supply.getByLabel('Power in watts').fill('500');
  await supply.getByRole('button', { name: 'Sun' }).click();
  // 6 nights of 6 h at 500 W.
  await expect(supply).toContainText('Up to 18.0 kWh bought a week, about €5.58.');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(() => stage.fixture.calls.at(-1)?.input)
    .toEqual({
      control: { allowances: [{ days: [1, 2, 3, 4, 5, 6], from: '00:00', to: '06:00', powerW: 500 }] },
    });
});

test('who may only look finds no control in use, and reads why', async ({ stage }) => {
  stage.fixture.become('viewer');
  for (const view of ['strategy', 'devices']) {
    const page = await stage.open(view);
    await expect(page.locator('.locked')).toContainText('This page may only look.');
    const main = page.locator('main');
    await expect(main.locator(':is(button, input, select):enabled')).toHaveCount(0);
    await expect(main.locator('a')).toHaveCount(0);
    await page.context().close();
  }
});

test('on a phone of the owner everything is open but what can buy energy', async ({ stage }) => {
  stage.fixture.become('owner');
  const page = await stage.open('strategy', { width: 390, height: 844 });
  await expect(page.locator('.boost .locked')).toContainText('only on the computer that runs Spillway');
  await expect(page.locator('.boost :is(button, input, select):enabled')).toHaveCount(0);
  const supply = page.locator('.weekly', { hasText: 'Contracted supply' });
  await expect(supply.getByRole('button', { name: 'Add a stretch' })).toBeDisabled();
  await expect(page.getByLabel('Battery floor')).toBeEnabled();
});

test('a refusal is in the language of the page, at its field and at the foot', async ({ stage }) => {
  const page = await stage.open('strategy', { language: 'de' });
  await page.getByLabel('Reserve', { exact: false }).first().fill('9000');
  await page.getByRole('button', { name: 'Anwenden' }).click();
  await expect(page.locator('.field', { hasText: 'Reserve' }).locator('.field-problem')).toHaveText('Höchstens 5.000.');
  await expect(page.locator('.strategy-foot [role=alert]')).toHaveText('Höchstens 5.000.');
});
