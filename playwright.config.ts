import { defineConfig } from '@playwright/test';

/**
 * Debian's Chromium loads the pages of its own address bar for every window: half a second of processor for each test. The switch
 * replaces Playwright's own list, so what matters of that stands here too.
 */
const off = 'WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,OptimizationHints,MediaRouter,PaintHolding';

/** `ui`: the headless host in Chromium. `electron`: the packaged app. `views`: the renderer before a fixture engine. Both are prepared by scripts/with.mjs. */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/support/build-once.mjs',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Each test has ports, data and a page of its own. A host takes a core, so views are what runs beside it; an app takes two.
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    headless: true,
    launchOptions: {
      args: ['--no-sandbox', `--disable-features=${off}`],
      ...(process.env['SPILLWAY_CHROMIUM'] ? { executablePath: process.env['SPILLWAY_CHROMIUM'] } : {}),
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'ui', testMatch: '*.spec.ts', testIgnore: 'electron-*.spec.ts', workers: 1 },
    { name: 'views', testDir: 'test/ui', fullyParallel: true },
    { name: 'electron', testMatch: 'electron-*.spec.ts', workers: 1 },
  ],
});
