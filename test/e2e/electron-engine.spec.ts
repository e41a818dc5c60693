import { expect, flowInWords, forkedPid, test } from './support/packaged-app.ts';

test('a killed engine is said to be lost, is started again, and goes on', async ({ packaged: { app, page } }) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  const first = await forkedPid(app, 'spillway-engine');
  expect(first).toBeGreaterThan(0);
  process.kill(first!, 'SIGKILL');

  await expect(page.getByText(/Engine lost/)).toBeVisible();
  await expect(page.getByText(/Engine lost/)).toBeHidden();
  await expect.poll(() => forkedPid(app, 'spillway-engine')).not.toBe(first);
  const then = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(then);
});

test('a killed simulator comes back where it was', async ({ packaged: { app, page } }) => {
  await expect.poll(() => flowInWords(page)).toMatch(/Production \S+\sk?W/);
  const first = await forkedPid(app, 'spillway-simulator');
  process.kill(first!, 'SIGKILL');
  await expect.poll(() => forkedPid(app, 'spillway-simulator')).not.toBe(first);
  const then = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(then);
  await expect.poll(() => flowInWords(page)).toMatch(/Production \S+\sk?W/);
});

test('an engine that keeps crashing stays down, and the owner is told', async ({ packaged: { app, page } }) => {
  test.setTimeout(120_000);
  await expect.poll(() => flowInWords(page)).toMatch(/Production/);
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = (options: unknown) => {
      Object.assign(globalThis, { told: (options as { detail?: string }).detail });
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
  });
  for (let crash = 0; crash < 5; crash += 1) {
    await expect.poll(() => forkedPid(app, 'spillway-engine'), { timeout: 30_000 }).toBeDefined();
    process.kill((await forkedPid(app, 'spillway-engine'))!, 'SIGKILL');
    await expect.poll(() => forkedPid(app, 'spillway-engine')).toBeUndefined();
  }
  const told = () => app.evaluate(() => (globalThis as { told?: string }).told);
  await expect.poll(told).toContain('crashed five times in ten minutes');
  await expect(page.getByRole('alert')).toContainText('Nothing is decided.');
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const then = await flowInWords(page);
  await expect.poll(() => flowInWords(page)).not.toBe(then);
});
