import { expect, test } from './support.ts';

const YEAR_MS = 120_000;

test('a ready plan is worked out to its verdict, changed, kept and laid beside another', async ({ stage }) => {
  test.setTimeout(3 * YEAR_MS);
  const page = await stage.open('planner', { height: 1400 });
  await expect(page.getByRole('button', { name: /Solar at midday/ })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  const verdict = page.getByRole('heading', { level: 2, name: /^(Worth it|Uncertain|Not worth it)$/ });
  await expect(verdict).toBeVisible({ timeout: YEAR_MS });
  await expect(page.getByRole('button', { name: 'JSON' })).toBeVisible({ timeout: YEAR_MS });
  await expect(page.getByRole('row', { name: /^Lost/ })).toContainText('kWh');
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/planner.png`, fullPage: true });
  await page.getByRole('button', { name: 'Keep this plan' }).click();
  const shelf = page.getByRole('region', { name: 'Kept plans' });
  await expect(shelf.getByRole('listitem')).toHaveCount(1);

  await page.getByLabel('Name of the plan').fill('Steeper roof');
  await page.getByLabel('Tilt').fill('60');
  await page.getByLabel('Tilt').press('Enter');
  await expect(page.getByLabel('Tilt')).toHaveValue('60');
  await expect(page.getByRole('button', { name: 'Work it out' })).toBeEnabled();
});

test('a figure that cannot be is named at its field, and nothing is worked out', async ({ stage }) => {
  const page = await stage.open('planner');
  await page.getByLabel('Tilt').fill('120');
  await page.getByLabel('Tilt').press('Enter');
  await expect(page.locator('.assumption', { hasText: 'Tilt' }).locator('.field-problem')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Work it out' })).toBeDisabled();
  await page.getByLabel('Tilt').fill('steep');
  await expect(page.locator('.assumption', { hasText: 'Tilt' })).toContainText('That is no number.');
});

test('bought energy and fossil gas are called what they are', async ({ stage }) => {
  const page = await stage.open('planner');
  await page.getByRole('button', { name: /Idle industry/ }).click();
  await expect(page.getByText(/bought energy, not surplus/)).toBeVisible();
  await page.getByRole('button', { name: /Stranded gas/ }).click();
  await expect(page.getByText(/fossil gas, not renewable/)).toBeVisible();
  await page.getByRole('button', { name: /My own site/ }).click();
  await expect(page.getByText(/fossil gas, not renewable/)).toBeHidden();
});
