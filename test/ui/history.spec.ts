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

test('the log of decisions is narrowed down by kind and reason', async ({ stage }) => {
  const page = await stage.open('history');
  const log = page.locator('.decision-log');
  await expect(log.locator('li')).toHaveCount(8);
  await expect(log.locator('li').first()).toContainText('13:36');
  await log.getByLabel('Kind').selectOption('stop');
  await expect(log.locator('li')).toHaveCount(1);
  await expect(log.locator('li')).toContainText('240 W of import.');
  await log.getByLabel('Kind').selectOption('');
  await log.getByLabel('Reason').selectOption('battery-first');
  await expect(log.locator('li')).toContainText('Battery first: 52 %, floor 80 %.');
});

test('any point of the day says why', async ({ stage }) => {
  const page = await stage.open('history');
  const slider = page.getByRole('slider', { name: 'Time cursor' });
  await slider.focus();
  for (let hour = 0; hour < 6; hour++) await page.keyboard.press('PageDown');
  await expect(slider).toHaveAttribute('aria-valuetext', /^07:45: .*Avalon Q: Off\. Battery first: 52/);
  await expect(page.locator('.tooltip')).toContainText('Battery first');
});

test('a stretch of the day is chosen by dragging, by thumbs and by wheel, and left with Escape', async ({ stage }) => {
  const page = await stage.open('history');
  const plot = page.locator('.plot');
  const box = (await plot.boundingBox())!;
  const from = page.getByRole('slider', { name: 'From' });
  await expect(from).toHaveAttribute('aria-valuetext', '00:00');
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(from).not.toHaveAttribute('aria-valuetext', '00:00');
  await page.keyboard.press('Escape');
  await expect(from).toHaveAttribute('aria-valuetext', '00:00');
  await from.focus();
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('button', { name: 'Whole period' })).toBeVisible();
  await page.getByRole('button', { name: 'Whole period' }).click();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect(from).not.toHaveAttribute('aria-valuetext', '00:00');
});

test('the other period of a comparison is an outline with its name', async ({ stage }) => {
  const page = await stage.open('history');
  const before = await page.locator('canvas').screenshot();
  await page.getByLabel('Compare').selectOption('previous');
  await expect(page.locator('.legend')).toContainText('June 17, 2026');
  await expect.poll(async () => before.equals(await page.locator('canvas').screenshot())).toBe(false);
});

test('bars are asked, brushed and left like areas', async ({ stage }) => {
  const page = await stage.open('history?period=month&at=2026-06-01');
  const slider = page.getByRole('slider', { name: 'Time cursor' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Jun 17: Demand .*kWh/);
  await page.keyboard.press('PageDown');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Jun 10: /);
  await expect(page.locator('.tooltip')).toContainText('Curtailed');
  const from = page.getByRole('slider', { name: 'From' });
  const box = (await page.locator('.plot').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(from).toHaveAttribute('aria-valuetext', /^Jun ([6-9]|1\d)$/);
  await page.keyboard.press('Escape');
  await expect(from).toHaveAttribute('aria-valuetext', 'Jun 1');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect(from).not.toHaveAttribute('aria-valuetext', 'Jun 1');
});

test('an hour of the week says why, too', async ({ stage }) => {
  const page = await stage.open('history?period=week');
  const slider = page.getByRole('slider', { name: 'Time cursor' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Jun 18 12:00: .*Avalon Q: .*240\sW of import/);
});

test('any other period is laid beside by its date', async ({ stage }) => {
  const page = await stage.open('history?period=month&at=2026-06-01');
  await page.locator('canvas').waitFor();
  const alone = await page.locator('canvas').screenshot();
  await page.getByLabel('Compare').selectOption('other');
  await page.getByLabel('A date in the other period').fill('2026-02-14');
  await expect(page.locator('.legend')).toContainText('February 2026');
  await expect(page.locator('.sum-change').first()).toContainText(/(more|less) than/);
  await expect.poll(async () => alone.equals(await page.locator('canvas').screenshot())).toBe(false);
});

test('the table is sorted by what is pressed, and has no picture to save', async ({ stage }) => {
  const page = await stage.open('history?period=month&at=2026-06-01');
  await page.getByRole('button', { name: 'Table' }).click();
  const mined = page.locator('.flow-table tbody td:nth-child(4)');
  const values = async () => (await mined.allTextContents()).map((text) => Number.parseFloat(text));
  const before = await values();
  const head = page.getByRole('columnheader', { name: 'Mining' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect(await values()).toEqual(before.toSorted((a, b) => b - a));
  await head.getByRole('button').click();
  expect(await values()).toEqual(before.toSorted((a, b) => a - b));
  await head.getByRole('button').click();
  expect(await values()).toEqual(before);
  await page.locator('.page-actions').getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: 'Chart as PNG' })).toHaveAttribute('aria-disabled', 'true');
});
