import { expect, test } from './support/packaged-app.ts';

/** A year takes some seconds of one core; a busy machine has little of one. */
const YEAR_MS = 180_000;

test('a plan is worked out by the thread inside the package, streams in and can be stopped', async ({
  packaged: { page },
}) => {
  test.setTimeout(2 * YEAR_MS);
  await page.getByRole('link', { name: 'Planner' }).click();
  await page.getByRole('button', { name: /Solar at midday/ }).click();
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByRole('row', { name: /^Lost/ })).toContainText('kWh', { timeout: YEAR_MS });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Cancelled.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Work it out' })).toBeEnabled();
});
