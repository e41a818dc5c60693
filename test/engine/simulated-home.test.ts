import { afterEach, expect, it } from 'vitest';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>>;
afterEach(() => home.end());

const drawW = () => Object.values(home.simulator.truth().loads).reduce((sum, load) => sum + load.drawW, 0);
const asic = () =>
  home
    .engine()
    .health()
    .loads.find(({ id }) => id === 'asic');

it('runs a miner on the surplus of a home, proves it, and leaves it safe', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home');
  await home.until(() => asic()?.state === 'mining', 600);
  await home.run(300);
  const { ledger, loads } = home.engine().health();
  expect(ledger.todayMinedWh).toBeGreaterThan(10);
  expect(ledger.todayGridFedWh).toBeLessThan(0.5);
  expect(loads.map(({ reason }) => reason)).toContain('mining-surplus');

  expect(await home.stop()).toEqual([]);
  await home.clock.advance(60_000);
  expect(drawW()).toBeLessThan(50);
});

it('makes every load safe within 30 s and its ramp when the meter dies', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home');
  await home.until(() => asic()?.state === 'mining', 600);
  await home.simulator.close();
  const seconds = await home.until(() => asic()?.setpointW === 0, 60);
  expect(seconds).toBeLessThanOrEqual(32);
  expect(asic()).toMatchObject({ reason: 'meter-stale' });
  await home.run(90);
  expect(home.notices).toContain('meter-silent');
  expect(
    home
      .engine()
      .health()
      .loads.every(({ setpointW }) => setpointW === 0),
  ).toBe(true);
  await home.stop();
});
