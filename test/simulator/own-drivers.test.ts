import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SimulatedSiteName } from '#shared/contract/host.ts';
import type { PlantReading } from '#shared/reading.ts';
import { plantAdapters } from '#engine/devices/registry.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { type Simulator, startSimulator } from '#engine/simulator/serve.ts';
import { silentLog } from '#engine/system/log.ts';

const START = Date.UTC(2026, 4, 12, 9);
const signal = () => AbortSignal.timeout(5000);
let nowMs = START;
let simulator: Simulator;
const ports = { clock: { now: () => nowMs, sleep: () => Promise.resolve() }, log: silentLog, secret: () => undefined };

const open = async (name: SimulatedSiteName, socPercent = 70) => {
  nowMs = START;
  const clock = { wallMs: START, siteMs: START, speed: 1 };
  simulator = await startSimulator({ name, clock, now: () => nowMs, socPercent });
};
beforeEach(() => open('home'));
afterEach(() => simulator.close());

/** All devices of the site, merged as their roles say. */
async function readPlant(): Promise<Record<string, PlantReading>> {
  const readings: Record<string, PlantReading> = {};
  for (const device of simulator.site.devices) {
    const adapter = plantAdapters[device.family]?.(device, ports);
    const result = await adapter?.read(signal());
    if (result?.outcome !== 'ok') throw new Error(`${device.id}: ${JSON.stringify(result)}`);
    readings[device.id] = result.reading;
    await adapter?.close();
  }
  return readings;
}
const driverOf = (id: string) => {
  const device = simulator.site.loads.find((load) => load.id === id);
  const driver = device && minerDrivers[device.family]?.(device, ports);
  if (!driver) throw new Error(`no driver for ${id}`);
  return driver;
};

test('our SunSpec adapter reads the hybrid inverter and the meter', async () => {
  nowMs += 30_000;
  const { inverter, meter } = await readPlant();
  const { plant } = simulator.truth();
  expect(inverter?.production).toBeCloseTo(plant.productionW, -1);
  expect(inverter?.charge).toBeCloseTo(plant.chargeW, -1);
  expect(inverter).toMatchObject({ discharge: 0, status: 'ok' });
  expect(inverter?.soc).toBeCloseTo(plant.socPercent, 1);
  expect(inverter).not.toHaveProperty('potential');
  expect(Math.abs((meter?.import ?? NaN) - (meter?.export ?? NaN) - plant.importW + plant.exportW)).toBeLessThan(7);
});

test('a held-back plant is read as curtailed', async () => {
  nowMs += 3.2 * 3600_000;
  expect((await readPlant())['inverter']).toMatchObject({ curtailed: true });
});

test.each(['farm', 'stream'] as const)('the %s is read', async (name) => {
  await simulator.close();
  await open(name);
  nowMs += 30_000;
  const { turbine, battery } = await readPlant();
  const { plant } = simulator.truth();
  expect(turbine?.production).toBeCloseTo(plant.productionW - plant.lossW, -1);
  expect(turbine?.gridFrequency).toBeCloseTo(plant.frequencyHz, 1);
  if (name === 'stream') expect(battery?.soc).toBeCloseTo(plant.socPercent, 1);
});

test('our CGMiner driver finds the power range, starts, follows and stops the ASIC', async () => {
  const driver = driverOf('asic');
  expect(await driver.capabilities(signal())).toMatchObject({
    value: { levels: { kind: 'range', minW: 944, maxW: 3050 } },
  });
  const order = (setpointW: number) => driver.command({ setpointW, leaseUntilMs: nowMs + 60_000 }, signal());
  await order(1500);
  expect(simulator.truth().loads['asic']).toMatchObject({ wanted: 'run', targetW: 1500 });
  nowMs += 50_000;
  expect(await driver.read(signal())).toMatchObject({ value: { state: 'starting', draw: 150, hashrate: 0 } });
  nowMs += 250_000;
  expect(await driver.read(signal())).toMatchObject({
    value: { state: 'mining', draw: 1500, drawSource: 'measured', powerTarget: 1500, poolAlive: true },
  });
  expect(await order(1500)).toMatchObject({ value: { wrote: [] } });
  await order(0);
  nowMs += 30_000;
  expect(await driver.read(signal())).toMatchObject({ value: { state: 'paused', draw: 14 } });
  expect(simulator.truth().loads['asic']).toMatchObject({ wanted: 'pause', phase: 'paused' });
  await driver.close();
});

test('our AxeOS driver starts and stops a small miner', async () => {
  const driver = driverOf('small-1');
  expect(await driver.capabilities(signal())).toMatchObject({ outcome: 'ok' });
  await driver.command({ setpointW: 18, leaseUntilMs: nowMs + 60_000 }, signal());
  nowMs += 40_000;
  expect(await driver.read(signal())).toMatchObject({ value: { state: 'mining', draw: 18 } });
  await driver.command({ setpointW: 0, leaseUntilMs: nowMs + 60_000 }, signal());
  nowMs += 20_000;
  expect(await driver.read(signal())).toMatchObject({ value: { state: 'paused' } });
  await driver.close();
});
