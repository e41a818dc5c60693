import { test as base, type Page } from '@playwright/test';
import { buildRenderer } from '../support/build-renderer.ts';
import { createFixture, type Fixture } from '../support/fixture-engine.ts';
import { serveFixture } from '../support/fixture-server.ts';

interface Look {
  theme?: 'light' | 'dark';
  language?: string;
  width?: number;
  height?: number;
}
interface Stage {
  fixture: Fixture;
  drop(): void;
  open(view: string, look?: Look): Promise<Page>;
}

/** A built renderer before the fixture engine, built once. */
export const test = base.extend<{ stage: Stage }, { folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: [async ({}, provide) => provide(await buildRenderer()), { scope: 'worker', timeout: 120_000 }],
  stage: async ({ folder, browser }, provide) => {
    const fixture = createFixture();
    const server = await serveFixture(folder, fixture);
    const contexts: { close(): Promise<void> }[] = [];
    await provide({
      fixture,
      drop: server.drop,
      async open(view, { theme = 'light', language = 'en', width = 1280, height = 800 } = {}) {
        const context = await browser.newContext({
          viewport: { width, height },
          locale: language,
          reducedMotion: 'reduce',
        });
        contexts.push(context);
        await context.addInitScript(
          (value) =>
            localStorage.getItem('spillway.preferences') ?? localStorage.setItem('spillway.preferences', value),
          JSON.stringify({ theme, language }),
        );
        const page = await context.newPage();
        await page.goto(`${server.url}#/${view}`);
        await page.locator('h1').first().waitFor({ state: 'attached' });
        await page.evaluate(() => document.fonts.ready);
        return page;
      },
    });
    for (const context of contexts) await context.close();
    server.close();
  },
});
export { expect } from '@playwright/test';
