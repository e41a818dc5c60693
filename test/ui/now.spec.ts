import { scenes } from '../support/fixture/scenes.ts';
import { expect, test } from './support.ts';

test('all of Now is on the screen at 960 × 640', async ({ stage }) => {
  for (const language of ['en', 'de', 'es', 'ar']) {
    const page = await stage.open('now', { language, width: 960, height: 640 });
    await page.waitForTimeout(300);
    const scrolls = await page.locator('main').evaluate((main) => main.scrollHeight > main.clientHeight);
    expect([language, scrolls]).toEqual([language, false]);
    await page.context().close();
  }
});

test('on a phone the first screen holds why, Stop and the flow', async ({ stage }) => {
  const page = await stage.open('now', { width: 390, height: 844 });
  const bar = await page.locator('nav').boundingBox();
  const flow = await page.locator('.flow').boundingBox();
  expect(flow!.y + flow!.height).toBeLessThanOrEqual(bar!.y);
  await expect(page.getByRole('button', { name: 'Stop mining' })).toBeInViewport();
});

test('a silent meter is a dash with its reason, never 0', async ({ stage }) => {
  stage.fixture.show('unknown');
  const page = await stage.open('now');
  await expect(page.locator('.why')).toContainText('without it we never mine');
  await expect(page.locator('.node', { hasText: 'Grid' })).toContainText('–');
  await expect(page.locator('.figure', { hasText: 'Surplus' })).toContainText('–');
});

test('each state is drawn without a fault', async ({ stage }) => {
  const faults: string[] = [];
  const page = await stage.open('now');
  page.on('pageerror', (error) => faults.push(error.message));
  for (const scene of scenes) {
    if (scene === 'lost') continue;
    stage.fixture.show(scene);
    await page.waitForTimeout(1100);
    await expect(page.locator('.app .broken')).toHaveCount(0);
  }
  expect(faults).toEqual([]);
});

test('the keyboard stops, resumes and changes the mode', async ({ stage }) => {
  const page = await stage.open('now');
  await page.getByRole('button', { name: 'Stop mining' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: /^Mode/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: /Observe only/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Mode: Observe only' })).toBeFocused();
  expect(stage.fixture.calls.map(({ member }) => member)).toEqual([
    'control.stop',
    'control.resume',
    'control.setMode',
  ]);
});

test('keys move the cursor of the chart, which says its slot', async ({ stage }) => {
  const page = await stage.open('now');
  const slider = page.getByRole('slider', { name: 'Time cursor' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^13:40: Demand/);
  await page.keyboard.press('PageDown');
  await expect(slider).toHaveAttribute('aria-valuetext', /^12:40/);
});

test('a lost engine is said, and its return too', async ({ stage }) => {
  const page = await stage.open('now');
  await expect(page.locator('.node-value').first()).toHaveText(/4.20/);
  stage.fixture.show('lost');
  stage.drop();
  await expect(page.getByRole('alert')).toContainText('Avalon Q stops by itself');
  stage.fixture.show('normal');
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 15_000 });
});

test('"How so?" opens the ladder and marks the step that decides', async ({ stage }) => {
  const page = await stage.open('now');
  await page.getByRole('button', { name: 'How so?' }).click();
  await expect(page.locator('.ladder [data-binding]')).toContainText('Level');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'How so?' })).toBeFocused();
});
