import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SignCheck } from '#shared/contract/engine.ts';
import { PlantDevice } from '#shared/device.ts';
import { httpPeer, type Peer } from '../support/loopback.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>>;
let shelly: Peer;
/** What the Shelly says, + = import, W. */
let powerW = 300;

beforeEach(async () => {
  powerW = 300;
  shelly = await httpPeer(() => ({ body: { mac: 'X', emeters: [{ is_valid: true, power: powerW, voltage: 230 }] } }));
  const meter = PlantDevice.parse({
    id: 'meter',
    name: 'Shelly EM',
    family: 'shelly-gen1',
    roles: ['grid'],
    connection: { transport: 'http', host: '127.0.0.1', port: shelly.port },
  });
  // A real meter in the place of the simulated one, and the owner's own site.
  home = await simulatedEngine('home', (site) => ({
    ...site,
    simulated: false,
    devices: site.devices.map((device) => (device.roles.includes('grid') ? meter : device)),
  }));
});
afterEach(async () => {
  await home.stop();
  await home.end();
  await shelly[Symbol.asyncDispose]();
});

const reason = () =>
  home
    .engine()
    .health()
    .loads.find(({ id }) => id === 'asic')?.reason;

async function checkWithKettle(changeW: number): Promise<SignCheck['phase'] | undefined> {
  const client = home.client();
  let check: SignCheck | undefined;
  client.site.signCheck.subscribe((value) => (check = value));
  await client.site.startSignCheck({});
  await home.until(() => check?.phase === 'switch-on', 20);
  powerW += changeW;
  await home.until(() => check?.phase !== 'switch-on', 40);
  return check?.phase;
}

it('lets loads run once a kettle has proven the direction', { timeout: 30_000 }, async () => {
  await home.run(2);
  expect(reason()).toBe('not-commissioned');
  expect(await checkWithKettle(2000)).toBe('right');
  await home.run(3);
  expect(reason()).not.toBe('not-commissioned');
});

it('turns a meter that hangs the other way round, saves it so, and asks again', { timeout: 30_000 }, async () => {
  await home.run(2);
  expect(await checkWithKettle(-2000)).toBe('swapped');
  await home.until(() => reason() === 'not-commissioned', 20);
  const meter = (await home.client().site.get({})).devices.find(({ id }) => id === 'meter');
  expect(meter?.swapped).toEqual(['grid']);
  expect(await checkWithKettle(-2000)).toBe('right');
  await home.run(3);
  expect(reason()).not.toBe('not-commissioned');
});
