import { afterEach, expect, it } from 'vitest';
import type { SignCheck } from '#shared/contract/commissioning.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>>;
afterEach(() => home.end());

const load = (id: string) =>
  home
    .engine()
    .health()
    .loads.find((one) => one.id === id);

it("keeps an owner's Stop over a restart, until Resume", { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home');
  await home.run(3);
  await home.client().control.stop({});
  await home.run(3);
  expect(load('asic')).toMatchObject({ setpointW: 0, reason: 'owner-stop' });
  await home.stop();

  await home.restart();
  await home.run(5);
  expect(load('asic')).toMatchObject({ setpointW: 0, reason: 'owner-stop' });
  await home.client().control.resume({});
  await home.run(3);
  expect(load('asic')?.reason).not.toBe('owner-stop');
  await home.stop();
});

it('only observes when told so: decides, explains, commands nothing', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home');
  expect(await home.client().control.setMode({ mode: 'observe' })).toEqual({ outcome: 'ok' });
  await home.until(() => load('asic')?.reason === 'observing', 900);
  expect(Object.values(home.simulator.truth().loads).map(({ starts }) => starts)).toEqual([0, 0, 0]);
  await home.stop();
});

it('refuses settings that contradict each other and names the field', async () => {
  home = await simulatedEngine('home');
  const battery = { capacityWh: 10_000, maxChargeW: 5000, maxDischargeW: 5000 };
  const answer = await home.client().control.changeSettings({
    control: { battery: { ...battery, floorPercent: 80, targetPercent: 50 } },
  });
  expect(answer).toMatchObject({ outcome: 'refused', problems: [{ field: 'control.battery.floorPercent' }] });
  expect(await home.client().control.changeSettings({ control: { reserveW: -5 } })).toMatchObject({
    outcome: 'refused',
    problems: [{ field: 'control.reserveW' }],
  });
  expect(await home.client().control.changeSettings({ control: { flor: 1 } })).toMatchObject({
    outcome: 'refused',
    problems: [{ field: 'control.flor' }],
  });
  await home.stop();
});

it('runs no load on a real site before the direction of its meter is proven', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home', (site) => ({ ...site, simulated: false }));
  await home.run(20);
  expect(load('asic')).toMatchObject({ setpointW: 0, reason: 'not-commissioned' });
  const seen: SignCheck[] = [];
  const client = home.client();
  client.site.signCheck.subscribe((check) => seen.push(check));
  expect(await client.site.startSignCheck({})).toEqual({ outcome: 'ok' });
  await home.run(50);
  // Nobody has switched a kettle on.
  expect(['nothing', 'restless']).toContain(seen.at(-1)?.phase);
  expect(load('asic')).toMatchObject({ setpointW: 0, reason: 'not-commissioned' });
  await home.stop();
});

it('checks the direction with a miner in the place of a kettle, and lets it go', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home', (site) => ({ ...site, simulated: false }));
  await home.run(20);
  let check: SignCheck | undefined;
  let drawW: number | undefined;
  const client = home.client();
  client.site.signCheck.subscribe((view) => (check = view));
  client.control.live.subscribe(({ snapshot }) => (drawW = snapshot.loads['asic']?.draw?.value));
  expect(await client.site.startSignCheck({ load: 'nobody' })).toMatchObject({
    outcome: 'refused',
    problems: [{ field: 'load', message: expect.stringContaining('“nobody”') as unknown }],
  });
  expect(await client.site.startSignCheck({ load: 'asic' })).toEqual({ outcome: 'ok' });
  await home.until(() => check?.phase === 'switch-on', 30);
  await home.until(() => check?.phase !== 'switch-on', 240);
  expect(check).toMatchObject({ phase: 'right' });
  expect(drawW).toBeGreaterThan(500);
  await home.until(() => (drawW ?? Infinity) < 100, 120);
  expect(load('asic')).toMatchObject({ setpointW: 0, reason: 'not-commissioned' });

  // An owner's Stop ends a check that runs a load.
  expect(await client.site.startSignCheck({ load: 'asic' })).toEqual({ outcome: 'ok' });
  await home.until(() => check?.phase === 'switch-on', 30);
  await home.until(() => (drawW ?? 0) > 100, 120);
  await client.control.stop({});
  await home.until(() => check?.phase === 'idle', 5);
  await home.until(() => (drawW ?? Infinity) < 100, 120);
  await home.stop();
});
