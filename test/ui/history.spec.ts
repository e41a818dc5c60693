import { readFileSync } from 'node:fs';
import { reportOf } from '../support/fixture/report.ts';
import { NOW_MS } from '../support/fixture/scenes.ts';
import { DAY_MS, DAY_START_MS } from '../support/fixture/day.ts';
import { expect, test } from './support.ts';

const day = reportOf(DAY_START_MS, DAY_START_MS + DAY_MS, 'slot', NOW_MS);
const kwh = (mwh: number) => Number((mwh / 1e6).toFixed(2));

test('the sums of a day are those of the ledger', async ({ stage }) => {
  const page = await stage.open('history');
  const sums = page.locator('.sums');
  await expect(sums.locator('div', { hasText: /^Mined/ })).toContainText(String(kwh(day.sum.flows.draw!)));
  await expect(sums.locator('div', { hasText: /^Curtailed/ })).toContainText(String(kwh(day.sum.flows.curtailed!)));
  await expect(sums.locator('div', { hasText: /^Grid energy mined/ })).toContainText('0.00');
});

test('the table has a row for each slot and the sums of the chart', async ({ stage }) => {
  const page = await stage.open('history');
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.locator('.flow-table tbody tr')).toHaveCount(day.rows.length);
  await expect(page.locator('.flow-table tfoot')).toContainText(String(kwh(day.sum.flows.demand!)));
});

test('the exported table is the ledger, row by row', async ({ stage }) => {
  const page = await stage.open('history');
  await page.getByRole('button', { name: 'Export' }).click();
  const downloaded = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Table as CSV' }).click();
  const [head, ...lines] = readFileSync(await (await downloaded).path(), 'utf8')
    .trim()
    .split('\n');
  const column = head!.split(',').indexOf('draw_wh');
  const sumWh = lines.reduce((sum, line) => sum + Number(line.split(',')[column]), 0);
  expect(lines).toHaveLength(day.rows.length);
  expect(sumWh * 1000).toBeCloseTo(day.sum.flows.draw!, -1);
});

test('the chart goes into a picture', async ({ stage }) => {
  const page = await stage.open('history');
  await page.locator('canvas').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const downloaded = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Chart as PNG' }).click();
  const picture = readFileSync(await (await downloaded).path());
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.length).toBeGreaterThan(10_000);
});

test('the address keeps the place; keys step through time', async ({ stage }) => {
  const page = await stage.open('history?period=month&at=2026-05-01');
  await expect(page.locator('.stepper')).toContainText('May 2026');
  await page.keyboard.press('BracketLeft');
  await expect(page.locator('.stepper')).toContainText('April 2026');
  await page.reload();
  await expect(page.locator('.stepper')).toContainText('April 2026');
  await page.keyboard.press('t');
  await expect(page.locator('.stepper')).toContainText('June 2026');
  await page.goBack();
  await expect(page.locator('.stepper')).toContainText('April 2026');
});

test('a comparison says the difference in words', async ({ stage }) => {
  const page = await stage.open('history');
  await page.getByLabel('Compare').selectOption('previous');
  await expect(page.locator('.sum-change').first()).toContainText(/(more|less) than/);
});

test('a period without slots says so', async ({ stage }) => {
  const page = await stage.open('history?period=day&at=2020-01-01');
  await expect(page.locator('main')).toContainText('The ledger has no slots in this period.');
});
