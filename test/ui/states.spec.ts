import { scenes, type Scene } from '../support/fixture/scenes.ts';
import { expect, test } from './support.ts';

/** What Now says in each state; a state that says nothing of its own is left out. */
const said: Partial<Record<Scene, [selector: string, text: string | RegExp]>> = {
  normal: ['.why', /Mining at 1.23.kW/],
  stale: ['.node >> nth=2', /\d+.s ago/],
  unknown: ['.why', 'without it we never mine'],
  'off-grid': ['.figures', '≥'],
  breach: ['.proof', '0.13'],
  trace: ['.proof', '0.02'],
  boost: ['.strip', 'Boost until'],
  observe: ['.why', /We would mine at 1.23.kW/],
  paused: ['.strip', 'Paused until'],
  stopped: ['.strip', 'Stopped'],
  waiting: ['.strip', 'Simulated'],
  unproven: ['.why', /direction/i],
  offline: ['.strip', 'Offline price'],
  empty: ['.today-empty', 'First slot at'],
};

for (const [scene, [selector, text]] of Object.entries(said)) {
  test(`Now in the state ${scene}`, async ({ stage }) => {
    stage.fixture.show(scene as Scene);
    const page = await stage.open('now');
    await expect(page.locator(selector)).toContainText(text);
  });
}

test('before the first word of the engine Now and History stand empty, without a figure', async ({ stage }) => {
  stage.fixture.show('loading');
  const now = await stage.open('now');
  await expect(now.locator('.strip')).toContainText('Reading…');
  for (const figure of await now.locator('.figure-value').all()) await expect(figure).toContainText('–');
  const history = await stage.open('history');
  await expect(history.locator('main canvas')).toHaveCount(0);
});

for (const view of ['history', 'strategy']) {
  test(`${view} is drawn in each state`, async ({ stage }) => {
    const faults: string[] = [];
    const page = await stage.open(view);
    page.on('pageerror', (error) => faults.push(error.message));
    for (const scene of scenes) {
      if (scene === 'lost' || scene === 'loading') continue;
      stage.fixture.show(scene);
      await page.waitForTimeout(1000);
      await expect(page.locator('main h1')).toHaveCount(1);
      await expect(page.locator('.app .broken')).toHaveCount(0);
    }
    expect(faults).toEqual([]);
  });

  test(`${view} says that the engine is lost, keeps what it showed, and that it is back`, async ({ stage }) => {
    const page = await stage.open(view);
    const shown = page.locator(view === 'history' ? '.sums' : '.price-rules');
    await expect(shown).toBeVisible();
    stage.fixture.show('lost');
    stage.drop();
    await expect(page.getByRole('alert')).toContainText('Engine lost');
    await expect(shown).toBeVisible();
    stage.fixture.show('normal');
    await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 15_000 });
  });
}

test('a boost cannot begin before the direction is proven, nor while stopped', async ({ stage }) => {
  for (const scene of ['unproven', 'stopped'] as const) {
    stage.fixture.show(scene);
    const page = await stage.open('strategy');
    await page.getByLabel('May buy from the grid').check();
    await expect(page.getByRole('button', { name: 'Start boost' })).toBeDisabled();
    await page.context().close();
  }
});

test('the usual production of the rest of the day stands beside what was', async ({ stage }) => {
  const page = await stage.open('now');
  await expect(page.locator('.today .legend')).toContainText('usual');
});
