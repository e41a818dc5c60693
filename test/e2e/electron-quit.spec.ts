import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOwnSimulator } from './support/own-simulator.ts';
import { expect, launchApp, test } from './support/packaged-app.ts';

/** Faster than the engine's real clock, so that the miners start and stop within a test. */
const SPEED = 20;

test('quitting leaves the miners safe', async ({ dataDir }) => {
  test.setTimeout(180_000);
  const simulator = await startOwnSimulator(dataDir, SPEED);
  try {
    const siteFile = join(dataDir, 'own-site.json');
    await writeFile(siteFile, JSON.stringify(simulator.simulated.site));
    const app = await launchApp(join(dataDir, 'app'), ['--site-file', siteFile]);
    await app.firstWindow();
    const running = async () => Object.values(await simulator.loads()).filter(({ wanted }) => wanted === 'run').length;
    // Until something is commanded, this would prove nothing.
    await expect.poll(running, { timeout: 150_000, intervals: [1000] }).toBeGreaterThan(0);

    const gone = new Promise((resolve) => app.process().once('exit', resolve));
    await app.evaluate(({ app: shell }) => shell.quit()).catch(() => {});
    await gone;
    const loads = await simulator.loads();
    expect(Object.keys(loads).length).toBeGreaterThan(0);
    for (const [id, { wanted }] of Object.entries(loads)) expect(wanted, id).toBe('pause');
  } finally {
    simulator.stop();
  }
});
