import { readFile } from 'node:fs/promises';
import { expect, test } from './support.ts';

test('one click saves the diagnostics; a phone is not offered them', async ({ stage }) => {
  const page = await stage.open('settings');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save diagnostics' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('spillway-diagnostics-2026-06-18.json');
  expect(await readFile(await download.path(), 'utf8')).toBe('{}');
  expect(stage.fixture.calls).toContainEqual({ member: 'diagnostics.bundle', input: { shellLog: [] } });
  stage.fixture.become('owner');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Notifications' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save diagnostics' })).toHaveCount(0);
});
