import { defineConfig } from '@playwright/test';

/** `ui`: the headless host in Chromium. `electron`: the packaged app. `views`: the renderer before a fixture engine. Both are prepared by scripts/with.mjs. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Each test starts an app or a host of its own; two at once on two cores only slow each other down.
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    headless: true,
    launchOptions: {
      args: ['--no-sandbox'],
      ...(process.env['SPILLWAY_CHROMIUM'] ? { executablePath: process.env['SPILLWAY_CHROMIUM'] } : {}),
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'ui', testMatch: '*.spec.ts', testIgnore: 'electron-*.spec.ts' },
    { name: 'views', testDir: 'test/ui' },
    { name: 'electron', testMatch: 'electron-*.spec.ts' },
  ],
});
