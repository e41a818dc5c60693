import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { type OwnSimulator, startOwnSimulator } from './support/own-simulator.ts';
import { expect, flowInWords, forkedPid, launchApp, test as base } from './support/packaged-app.ts';

/** Faster than the engine's real clock, so that the miners start and stop within a test. */
const SPEED = 20;

interface Outside {
  simulator: OwnSimulator;
  /** How many miners want to run, whoever told them. */
  running(): Promise<number>;
  /** The app on the site of the simulator, always on the same data. */
  launch(): Promise<ElectronApplication>;
}

const test = base.extend<{ outside: Outside }>({
  outside: async ({ dataDir }, provide) => {
    const simulator = await startOwnSimulator(dataDir, SPEED);
    const siteFile = join(dataDir, 'own-site.json');
    await writeFile(siteFile, JSON.stringify(simulator.simulated.site));
    const apps: ElectronApplication[] = [];
    await provide({
      simulator,
      running: async () => Object.values(await simulator.loads()).filter(({ wanted }) => wanted === 'run').length,
      async launch() {
        const app = await launchApp(join(dataDir, 'app'), ['--site-file', siteFile]);
        apps.push(app);
        await app.firstWindow();
        return app;
      },
    });
    for (const app of apps) await app.close().catch(() => {});
    simulator.stop();
  },
});

/** Until something is commanded, its end would prove nothing. */
const untilMining = ({ running }: Outside) =>
  expect.poll(running, { timeout: 150_000, intervals: [1000] }).toBeGreaterThan(0);

async function quit(app: ElectronApplication) {
  const gone = once(app.process(), 'exit');
  await app.evaluate(({ app: shell }) => shell.quit()).catch(() => {});
  await gone;
}

async function expectSafe({ simulator }: Outside) {
  const loads = Object.entries(await simulator.loads());
  expect(loads.length).toBeGreaterThan(0);
  for (const [id, { wanted }] of loads) expect(wanted, id).toBe('pause');
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('quitting leaves the miners safe', async ({ outside }) => {
  test.setTimeout(180_000);
  const app = await outside.launch();
  await untilMining(outside);
  await quit(app);
  await expectSafe(outside);
});

test('a killed app takes its engine along, and the next one has the miners in hand again', async ({ outside }) => {
  test.setTimeout(240_000);
  const killed = await outside.launch();
  await untilMining(outside);
  const engine = (await forkedPid(killed, 'spillway-engine'))!;
  expect(isAlive(engine)).toBe(true);
  const gone = once(killed.process(), 'exit');
  killed.process().kill('SIGKILL');
  await gone;
  // Two engines would command the same miners.
  await expect.poll(() => isAlive(engine)).toBe(false);

  const app = await outside.launch();
  const page = await app.firstWindow();
  await expect.poll(() => flowInWords(page), { timeout: 60_000 }).toMatch(/Production \S+\sk?W/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop mining' }).click();
  await expect.poll(outside.running, { timeout: 60_000 }).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await untilMining(outside);
  await quit(app);
  await expectSafe(outside);
});
