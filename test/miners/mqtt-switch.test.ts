import { afterEach, expect, it } from 'vitest';
import type { Connection } from '#shared/device.ts';
import { driverOf, run, signal, STOP } from '../support/miners.ts';
import { mqttBroker } from '../support/mqtt-broker.ts';
import type { MinerDriver } from '#engine/miners/driver.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A broker with one switch behind it, which repeats its state as retained. */
async function broker() {
  const peer = await mqttBroker({
    subscribed(tell) {
      void tell('plug/state', 'off', true);
      void tell('plug/sensor', '{"watts":3.5}');
    },
    heard(_topic, payload, tell) {
      void tell('plug/state', payload);
      void tell('plug/sensor', `{"watts":${payload === 'on' ? 480 : 0}}`);
    },
  });
  open.push(() => peer[Symbol.asyncDispose]());
  return { heard: peer.asked, port: peer.port, tell: peer.tell };
}

function plug(port: number): MinerDriver {
  const connection: Connection = { transport: 'mqtt', url: `mqtt://127.0.0.1:${port}`, topic: 'plug/set' };
  const driver = driverOf('mqtt-switch', connection, {
    setup: {
      stateTopic: 'plug/state',
      powerTopic: 'plug/sensor',
      powerKey: 'watts',
      on: 'on',
      off: 'off',
      leaseS: 120,
    },
  });
  open.unshift(() => driver.close());
  return driver;
}

async function readUntil(driver: MinerDriver, state: string) {
  for (let n = 0; n < 200; n++) {
    const reading = await driver.read(signal);
    if (reading.outcome === 'ok' && reading.value.state === state) return reading;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return driver.read(signal);
}

it('reads its retained state and its power, and is switched once each way', async () => {
  const { heard, port } = await broker();
  const driver = plug(port);
  expect(await readUntil(driver, 'paused')).toMatchObject({ value: { state: 'paused' } });
  // MQTT has no off-timer to lean on.
  expect(await driver.capabilities(signal)).not.toHaveProperty('value.deviceLeaseS');
  await driver.command(run(480), signal);
  expect(await readUntil(driver, 'mining')).toMatchObject({
    value: { state: 'mining', draw: 480, drawSource: 'plug' },
  });
  await driver.command(run(480), signal);
  await driver.command(STOP, signal);
  expect(await readUntil(driver, 'paused')).toMatchObject({ value: { draw: 0 } });
  expect(heard).toEqual(['plug/set on', 'plug/set off']);
});

it('says when there is no broker', async () => {
  const driver = plug(9);
  expect(await driver.read(signal)).toMatchObject({
    outcome: 'failed',
    fault: { message: expect.stringContaining('mqtt://127.0.0.1:9') },
  });
});

it.each(['', 'nan', '-480', '{"watts":"many"}', '[]', 'null', '{"watts":1e308}', '\u0000'])(
  'takes “%s” for no power and no state',
  async (payload) => {
    const { port, tell } = await broker();
    const driver = plug(port);
    await readUntil(driver, 'paused');
    await tell('plug/sensor', payload);
    await tell('plug/state', payload);
    const reading = await driver.read(signal);
    expect(reading).toMatchObject({ outcome: 'ok', value: { state: 'paused' } });
    expect(reading).not.toHaveProperty('value.draw');
  },
);
