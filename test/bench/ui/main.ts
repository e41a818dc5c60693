// npm run bench:ui [-- --json FILE]: the renderer before the fixture engine, beside a bare page in the same browser.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { launch } from '../../screenshots/shot.ts';
import { buildRenderer } from '../../support/build-renderer.ts';
import { createFixture } from '../../support/fixture-engine.ts';
import { serveFixture } from '../../support/fixture-server.ts';

const ROUNDS = 7;
const LIVE_S = 10;
/** Most (for the frames: least) of each figure, from issue 7. Software rendering paints at least 30 frames a second. */
const LIMITS = {
  'ui.firstFigureRatio': 2,
  'ui.liveFps': 30,
  'ui.yearChartMs': 200,
  'ui.layoutShift': 0.02,
  'ui.jsGzipKb': 450,
};

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const folder = await buildRenderer();
writeFileSync(join(folder, 'bare.html'), '<!doctype html><title>Bare</title><p class="node-value">4.20 kW</p>');
const fixture = createFixture();
const server = await serveFixture(folder, fixture);
const browser = await launch();

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** From nothing to a painted figure in a page of its own. */
async function firstFigureMs(path: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const startedMs = performance.now();
  const page = await context.newPage();
  await page.goto(server.url + path, { waitUntil: 'commit' });
  await page.waitForFunction(() => /\d/.test(document.querySelector('.node-value')?.textContent ?? ''));
  const took = performance.now() - startedMs;
  await context.close();
  return took;
}

async function live(from: Browser) {
  const page = await (await from.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(() => {
    const seen = { shift: 0, frames: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    const count = () => {
      seen.frames++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.goto(server.url);
  await page.locator('canvas').waitFor();
  const framesBefore = await seenOf(page);
  for (let second = 1; second <= LIVE_S; second++) {
    fixture.move(second);
    await page.waitForTimeout(1000);
  }
  const after = await seenOf(page);
  await page.context().close();
  return { fps: (after.frames - framesBefore.frames) / LIVE_S, shift: after.shift };
}

const seenOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { shift: number; frames: number } }).seen);

async function yearChartMs(): Promise<number> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${server.url}#/history?period=month`);
  await page.locator('canvas').waitFor();
  const took = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const caption = () => document.querySelector('.history-chart figcaption')?.textContent;
        const before = caption();
        const startedMs = performance.now();
        const look = () =>
          caption() === before ? requestAnimationFrame(look) : resolve(performance.now() - startedMs);
        window.location.hash = '#/history?period=year';
        requestAnimationFrame(look);
      }),
  );
  await page.context().close();
  return took;
}

function jsGzipKb(): number {
  const assets = join(folder, 'assets');
  const files = readdirSync(assets).filter((name) => name.endsWith('.js'));
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0) / 1000;
}

const own: number[] = [];
const bare: number[] = [];
// Once for each, so that both are compared with warm caches of the browser's process.
for (let round = 0; round <= ROUNDS; round++) {
  const [ours, theirs] = [await firstFigureMs(''), await firstFigureMs('bare.html')];
  if (round === 0) continue;
  own.push(ours);
  bare.push(theirs);
}
// The fixture adds up a year once; the engine has it rolled up.
await yearChartMs();
const years = [await yearChartMs(), await yearChartMs(), await yearChartMs()];
const { fps, shift } = await live(browser);
const figures = {
  'ui.firstFigureMs': Math.round(median(own)),
  'ui.firstFigureRatio': Number((median(own) / median(bare)).toFixed(2)),
  'ui.liveFps': Math.round(fps),
  'ui.yearChartMs': Math.round(median(years)),
  'ui.layoutShift': Number(shift.toFixed(4)),
  'ui.jsGzipKb': Math.round(jsGzipKb()),
};
await browser.close();
server.close();
for (const [key, value] of Object.entries(figures)) {
  const limit = LIMITS[key as keyof typeof LIMITS];
  const bound = limit === undefined ? '' : ` (${key === 'ui.liveFps' ? 'at least' : 'at most'} ${limit})`;
  console.log(`${key} ${value}${bound}`);
}
console.log('Painted by software: this Chromium has no GPU.');
if (values.json) writeFileSync(values.json, `${JSON.stringify({ figures }, null, 2)}\n`);
