import { afterEach, expect, it } from 'vitest';
import { strangeFleet } from '#engine/fleet-desk.ts';
import { site } from '../support/ledger-ticks.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>> | undefined;
afterEach(async () => {
  await home?.stop();
  await home?.end();
  home = undefined;
});

const metrics = { metrics: { secret: 'metrics-token' } };

it('tells nothing until the site file says so', async () => {
  home = await simulatedEngine('home');
  expect(home.engine().scrape()).toBeUndefined();
});

it('tells what the engine reads and decides, and what it has counted since it started', async () => {
  home = await simulatedEngine('home', (own) => ({ ...own, fleet: metrics }));
  await home.run(90);
  const scrape = home.engine().scrape();
  // The secret is not there: no token opens it.
  expect(scrape?.token).toBeUndefined();
  const { type, text } = await scrape!.read();
  expect(type).toContain('application/openmetrics-text');
  const value = (series: string) => Number(new RegExp(`^${series} (.+)$`, 'm').exec(text)?.[1]);
  const production = value('spillway_production_watts{site="[^"]+"}');
  expect(production).toBeGreaterThan(100);
  const counted = value('spillway_energy_watt_hours_total{flow="production",site="[^"]+"}');
  expect(counted).toBeGreaterThan((production * 60) / 3600);
  expect(counted).toBeLessThan((production * 120) / 3600);
  for (const { id } of home.site.loads) expect(text).toContain(`spillway_load_setpoint_watts{load="${id}"`);
});

it('is switched on by nobody but the file: no page and no phone', async () => {
  home = await simulatedEngine('home', (own) => ({ ...own, fleet: metrics }));
  for (const role of ['local', 'owner'] as const) {
    const client = home.client(role);
    const given = await client.site.get({});
    const refused = { outcome: 'refused', problems: [{ field: 'fleet' }] };
    expect(await client.site.save({ ...given, fleet: { metrics: { secret: 'miner' } } })).toMatchObject(refused);
    expect(await client.site.save({ ...given, fleet: undefined })).toMatchObject(refused);
    expect((await client.site.get({})).fleet).toEqual(metrics);
  }
  expect(strangeFleet(site({ fleet: metrics }), site({ fleet: metrics }))).toEqual([]);
});
