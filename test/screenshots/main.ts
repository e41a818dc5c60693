// npm run screenshots -- DIR [--only TEXT]: each view × theme × {en, ar} × size on a fixed simulated day, and every state of Now.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRenderer } from '../support/build-renderer.ts';
import { createFixture } from '../support/fixture-engine.ts';
import { serveFixture } from '../support/fixture-server.ts';
import { scenes, type Scene } from '../support/fixture/scenes.ts';
import { launch, openLook, type Look } from './shot.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const folder = positionals[0] ?? '.cache/screenshots';

const views = ['now', 'history', 'earnings', 'devices', 'strategy', 'planner', 'settings'];
const periods = ['week', 'month', 'year'];
const sizes = [
  [1280, 800],
  [390, 844],
] as const;

interface Shot extends Look {
  name: string;
  view: string;
  scene: Scene;
}

const shots: Shot[] = [];
const take = (view: string, scene: Scene, look: Look) =>
  shots.push({
    ...look,
    view,
    scene,
    name: [
      view.replace('?period=', '-'),
      scene === 'normal' ? '' : scene,
      `${look.width}x${look.height}`,
      look.theme,
      look.language,
    ]
      .filter(Boolean)
      .join('-'),
  });

for (const view of views) {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['en', 'ar']) {
      for (const [width, height] of sizes) take(view, 'normal', { width, height, theme, language });
    }
  }
}
for (const language of ['en', 'de', 'es', 'ar'])
  take('now', 'normal', { width: 960, height: 640, theme: 'light', language });
take('now', 'normal', { width: 1920, height: 1080, theme: 'dark', language: 'en' });
for (const scene of scenes) {
  if (scene !== 'normal') take('now', scene, { width: 1280, height: 800, theme: 'light', language: 'en' });
}

for (const period of periods) {
  take(`history?period=${period}`, 'normal', { width: 1280, height: 800, theme: 'light', language: 'en' });
}

mkdirSync(folder, { recursive: true });
const fixture = createFixture();
const server = await serveFixture(await buildRenderer(), fixture);
const browser = await launch();
let taken = 0;
for (const { name, view, scene, ...look } of shots) {
  if (values.only && !name.includes(values.only)) continue;
  fixture.show(scene === 'lost' ? 'normal' : scene);
  const page = await openLook(browser, look);
  page.on('pageerror', (error) => console.error(name, error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  await page.goto(`${server.url}#/${view}`);
  // A view comes in a file of its own, on a busy machine late.
  await page.locator('main h1').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(700);
  if (scene === 'lost') {
    fixture.show('lost');
    server.drop();
    await page.waitForTimeout(1500);
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
  taken++;
}
await browser.close();
server.close();
console.log(`${taken} screenshots in ${folder}`);
