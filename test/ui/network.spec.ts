import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support.ts';

for (const [language, theme] of [
  ['en', 'light'],
  ['de', 'dark'],
  ['es', 'light'],
  ['ar', 'dark'],
] as const) {
  for (const width of [390, 1280]) {
    test(`who may come in, all of it open: ${language} ${theme} ${width}`, async ({ stage }) => {
      const page = await stage.open('settings', { language, theme, width, height: 900 });
      const section = page.locator('.network');
      await section.locator('input[type=password]').fill('a few good words');
      await section.locator('form button').click();
      await section.locator('input[type=checkbox]').click();
      await section.locator('.network-pairing .button.primary').click();
      await expect(section.getByRole('img')).toBeVisible();
      await section.locator('summary').click();
      await expect(section.locator('code')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.network').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
      const main = page.locator('main');
      expect(await main.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(false);
    });
  }
}

test('elsewhere a page is told what it may do, and not who else is let in', async ({ stage }) => {
  stage.fixture.become('owner');
  const page = await stage.open('settings');
  await expect(page.getByText('It may look and change.')).toBeVisible();
  await expect(page.locator('.network')).toHaveCount(0);
});
