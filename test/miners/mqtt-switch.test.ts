import net from 'node:net';
import type { AddressInfo } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { afterEach, expect, it } from 'vitest';
import type { Connection } from '#shared/device.ts';
import { driverOf, run, signal, STOP } from '../support/miners.ts';
import type { MinerDriver } from '#engine/miners/driver.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A broker with one switch behind it, which repeats its state as retained. */
async function broker() {
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const parser = mqttPacket.parser({ protocolVersion: 4 });
    const send = (packet: mqttPacket.Packet) => socket.write(mqttPacket.generate(packet));
    const tell = (topic: string, payload: string, retain: boolean) =>
      send({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain });
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connect') send({ cmd: 'connack', returnCode: 0, sessionPresent: false });
      if (packet.cmd === 'subscribe') {
        send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 0) });
        tell('plug/state', 'off', true);
        tell('plug/sensor', '{"watts":3.5}', false);
      }
      if (packet.cmd === 'publish') {
        heard.push(`${packet.topic} ${String(packet.payload)}`);
        send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
        tell('plug/state', String(packet.payload), false);
        tell('plug/sensor', `{"watts":${String(packet.payload) === 'on' ? 480 : 0}}`, false);
      }
    });
    socket.on('data', (bytes) => parser.parse(bytes));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => (server.close(resolve), sockets.forEach((socket) => socket.destroy()))));
  return { heard, port: (server.address() as AddressInfo).port };
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
