import { afterEach, expect, it } from 'vitest';
import { simulatedEngine } from '../support/simulated-engine.ts';

let site: Awaited<ReturnType<typeof simulatedEngine>>;
afterEach(() => site.end());

/** Share of the mined energy that the grid may have fed: gusts fall faster than a miner can. */
it.each([
  ['home', 0.005],
  ['farm', 0.02],
  ['stream', 0],
] as const)('an hour of the %s: the ledger says what the plant knows', async (name, gridShare) => {
  site = await simulatedEngine(name);
  await site.run(3600 + 5);
  const { plant } = site.simulator.truth();
  const { ledger } = site.engine().health();
  expect(plant.loadsWh).toBeGreaterThan(1000);
  expect(plant.gridFedWh).toBeLessThanOrEqual(gridShare * plant.loadsWh);
  expect(plant.unservedW).toBe(0);
  expect(Math.abs((ledger.todayMinedWh ?? NaN) - plant.loadsWh)).toBeLessThan(0.005 * plant.loadsWh);
  expect(Math.abs((ledger.todayGridFedWh ?? NaN) - plant.gridFedWh)).toBeLessThan(1 + 0.02 * plant.gridFedWh);
  expect(site.notices).toEqual([]);
  expect(await site.stop()).toEqual([]);
});
