import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Commissioning, SignCheck } from '#shared/contract/commissioning.ts';
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

function commissioning(): () => Commissioning | undefined {
  let latest: Commissioning | undefined;
  home.client().site.commissioning.subscribe((value) => (latest = value));
  return () => latest;
}

it('lets loads run once kettle, battery and a minute of sums have proven the meters', { timeout: 60_000 }, async () => {
  const seen = commissioning();
  await home.run(2);
  expect(reason()).toBe('not-commissioned');
  expect(await checkWithKettle(2000)).toBe('right');
  expect(seen()).toMatchObject({ grid: true, passed: false });
  await home.until(() => seen()?.passed === true, 1800);
  expect(seen()).toMatchObject({ grid: true, battery: true, balance: { proven: true } });
  await home.run(3);
  expect(reason()).not.toBe('not-commissioned');
});

it('turns a meter that hangs the other way round, saves it so, and asks again', { timeout: 30_000 }, async () => {
  const seen = commissioning();
  await home.run(2);
  expect(await checkWithKettle(-2000)).toBe('swapped');
  await home.until(() => reason() === 'not-commissioned', 20);
  const { devices } = await home.client().site.get({});
  expect(devices.find(({ id }) => id === 'meter')?.swapped).toEqual(['grid']);
  expect(seen()?.grid).toBe(false);
  expect(await checkWithKettle(-2000)).toBe('right');
  expect(seen()?.grid).toBe(true);
});

it(
  'turns a battery whose state of charge contradicts it, and leaves the meter as it is',
  { timeout: 60_000 },
  async () => {
    await turnBattery();
    const seen = commissioning();
    const battery = async () =>
      (await home.client().site.get({})).devices.find(({ roles }) => roles.includes('battery'))?.swapped;
    expect(await battery()).toEqual(['battery']);
    await home.until(() => seen()?.battery === true, 3600);
    expect(await battery()).toEqual([]);
    expect(seen()).toMatchObject({ grid: false, passed: false });
  },
);

/** As mounted wrong: the simulated battery tells charge as discharge. */
async function turnBattery() {
  const client = home.client();
  const { devices } = await client.site.get({});
  const battery = devices.find(({ roles }) => roles.includes('battery'))!;
  await client.devices.savePlant({ ...battery, swapped: ['battery'] });
}
