import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';

export interface PackagedApp {
  app: ElectronApplication;
  page: Page;
  dataDir: string;
}

function executable(): string {
  const path = process.env['SPILLWAY_APP'];
  if (!path) throw new Error('SPILLWAY_APP is not set: run the Electron tests with `npm run test:e2e`.');
  return path;
}

/** Starts the packaged app on a data folder of its own. */
export async function launchApp(dataDir: string, args: string[]): Promise<ElectronApplication> {
  return _electron.launch({ executablePath: executable(), args: ['--no-sandbox', '--data', dataDir, ...args] });
}

/** A test that gets a folder, thrown away afterwards, and a running app on the simulated home at 20 times the speed. */
export const test = base.extend<{ dataDir: string; packaged: PackagedApp }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that a function needs from this pattern.
  dataDir: async ({}, run) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'spillway-e2e-'));
    await run(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  },
  packaged: async ({ dataDir }, run) => {
    const app = await launchApp(dataDir, ['--site', 'home', '--speed', '20']);
    const page = await app.firstWindow();
    await run({ app, page, dataDir });
    await app.close().catch(() => {});
  },
});

export { expect } from '@playwright/test';
export { flowInWords } from './flow-in-words.ts';

/** Process ids of what the shell forked, by the name it gave. */
export async function forkedPid(app: ElectronApplication, name: string): Promise<number | undefined> {
  return app.evaluate(
    ({ app: shell }, wanted) => shell.getAppMetrics().find((process) => process.name === wanted)?.pid,
    name,
  );
}
