import { afterEach, expect, it } from 'vitest';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>>;
afterEach(() => home.end());

const MINUTE = 60_000;
const untilMs = (minutes: number) => home.clock.now() + minutes * MINUTE;
const load = (id: string) =>
  home
    .engine()
    .health()
    .loads.find((one) => one.id === id);

it('runs loads on bought energy, counts that apart, and goes back by itself', { timeout: 120_000 }, async () => {
  home = await simulatedEngine('farm');
  const client = home.client();
  await client.control.setMode({ mode: 'observe' });
  await home.run(5);
  const boost = { untilMs: untilMs(6), importW: 20_000 };
  expect(await client.control.boost(boost)).toEqual({ outcome: 'ok' });
  await home.until(() => load('asic-1')?.reason === 'boost', 240);
  await home.run(300);
  // It ended meanwhile; the miner has come down.
  await home.until(() => load('asic-1')?.reason === 'observing', 180);
  await home.run(90);
  expect(load('asic-1')?.setpointW).toBe(0);
  const day = { fromMs: home.clock.now() - 20 * MINUTE, toMs: home.clock.now() + MINUTE, resolution: 'slot' as const };
  const { sum } = await client.ledger.report(day);
  expect(sum.origin.boostFed).toBeGreaterThan(0);
  expect(sum.origin.gridFed).toBe(0);
  const events = await new Promise<{ id: string }[]>((resolve) => client.events.recent.subscribe(resolve));
  expect(events[0]).toMatchObject({ id: 'boost-ended', level: 'info' });
  await home.stop();
  // What buys energy never comes back by itself, nor does it change the mode that does.
  await home.restart();
  await home.run(3);
  expect(load('asic-1')?.reason).toBe('observing');
  await home.stop();
});

it('is refused without an end, without a permission, for nobody, and while stopped', async () => {
  home = await simulatedEngine('home');
  const { control } = home.client();
  const refused = (field: string) => ({ outcome: 'refused', problems: [expect.objectContaining({ field })] });
  expect(await control.boost({ untilMs: untilMs(13 * 60), importW: 500 })).toMatchObject(refused('untilMs'));
  expect(await control.boost({ untilMs: untilMs(60), importW: 0 })).toMatchObject(refused('importW'));
  expect(await control.boost({ untilMs: untilMs(60), importW: 9, loadId: 'toaster' })).toMatchObject(refused('loadId'));
  expect(await control.boost({ untilMs: untilMs(60), importW: 9, batteryToPercent: 1 })).toMatchObject(
    refused('batteryToPercent'),
  );
  await control.stop({});
  expect(await control.boost({ untilMs: untilMs(60), importW: 500 })).toMatchObject(refused('boost'));
  await home.stop();
});

it('ends with Stop, and Resume does not bring it back', { timeout: 60_000 }, async () => {
  home = await simulatedEngine('home');
  const { control, site } = home.client();
  await home.run(3);
  await control.boost({ untilMs: untilMs(60), importW: 4000 });
  await control.stop({});
  await control.resume({});
  const status = await new Promise<{ wish: object }>((resolve) => site.status.subscribe(resolve));
  expect(status.wish).toMatchObject({ mode: 'surplus', stopped: false });
  expect(status.wish).not.toHaveProperty('boost');
  await home.stop();
});
