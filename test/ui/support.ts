import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
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

const BUILT = join(import.meta.dirname, '../../out/renderer');

/** The built page as it is shipped, before the fixture engine. */
export const test = base.extend<{ stage: Stage }>({
  stage: async ({ browser }, provide) => {
    const fixture = createFixture();
    const server = await serveFixture(BUILT, fixture);
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
