import { readFile } from 'node:fs/promises';
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
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'PNG' }).click(),
  ]);
  expect(picture.suggestedFilename()).toBe('spillway-plan-Home-with-10-kWp.png');
  const png = await readFile(await picture.path());
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(png.readUInt32BE(16)).toBe(2 * 784);
  expect(png.length).toBeGreaterThan(20_000);
  if (process.env['SHOTS']) await picture.saveAs(`${process.env['SHOTS']}/plan.png`);
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

test('recorded days are run again with a larger battery and a second miner, beside what happened', async ({
  stage,
}) => {
  const page = await stage.open('planner', { height: 1400 });
  const replay = page.getByRole('region', { name: 'What would it have done?' });
  await replay.getByLabel('Battery in all').fill('twelve');
  await expect(replay.getByText('A number of kWh; 0 for no battery.')).toBeVisible();
  await expect(replay.getByRole('button', { name: 'Run these days again' })).toBeDisabled();
  await replay.getByLabel('Battery in all').fill('12');
  await replay.getByLabel('Battery floor').fill('40');
  await replay.getByLabel('One more load').selectOption({ index: 1 });
  await replay.getByRole('button', { name: 'Run these days again' }).click();
  await expect(replay.getByRole('row', { name: /^Mined/ })).toContainText('7.10 kWh');
  await expect(replay.getByRole('columnheader', { name: 'What happened' })).toBeVisible();
  await expect(replay.getByRole('columnheader', { name: 'Would have mined' })).toBeVisible();
  if (process.env['SHOTS']) await replay.screenshot({ path: `${process.env['SHOTS']}/replay.png` });

  await replay.getByLabel('Battery floor').fill('99');
  await replay.getByRole('button', { name: 'Run these days again' }).click();
  await expect(replay.getByText('Nothing is recorded in that time.')).toBeVisible();
});
