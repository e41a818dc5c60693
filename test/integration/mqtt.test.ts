import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { plantAdapters } from '#engine/devices/registry.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';
import { freePort, start } from './processes.ts';

const signal = new AbortController().signal;
let folder: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-mqtt-'));
  port = await freePort();
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, '', { mode: 0o600 });
  execFileSync('/usr/bin/mosquitto_passwd', ['-b', passwords, 'spillway', 'right'], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'mosquitto.conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nuser root\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const broker = () =>
  start('/usr/sbin/mosquitto', ['-v', '-c', join(folder, 'mosquitto.conf')], /mosquitto version .* running/);

function meter(password: string) {
  const connection = {
    transport: 'mqtt',
    url: `mqtt://127.0.0.1:${port}`,
    topic: 'meter',
    user: 'spillway',
    secret: 'broker',
  } as const;
  const device = plantDevice('meter', ['grid'], { family: 'tasmota-sensor', connection });
  const adapter = plantAdapters['tasmota-sensor']?.(device, { ...testPorts(), secret: () => password });
  if (!adapter) throw new Error('no tasmota family');
  return adapter;
}

/** Publishes until told to stop, as a sensor does. */
async function sensor(powerW: number) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'spillway', password: 'right' });
  const timer = setInterval(
    () => client.publish('tele/meter/SENSOR', JSON.stringify({ ENERGY: { Power: powerW, Total: 1.5 } })),
    20,
  );
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
}

it('says that the broker refuses the password', async () => {
  await using _broker = await broker();
  const adapter = meter('wrong');
  expect(await adapter.read(signal)).toMatchObject({ outcome: 'failed', fault: { kind: 'unauthorized' } });
  await adapter.close();
});

it('hears a sensor, survives a restart of the broker and hears it again', async () => {
  const adapter = meter('right');
  {
    await using _broker = await broker();
    await using _sensor = await sensor(-120);
    expect(await adapter.read(signal)).toMatchObject({
      outcome: 'ok',
      reading: { export: 120, import: 0, importTotal: 1500 },
    });
  }
  await vi.waitFor(
    async () => expect(await adapter.read(signal)).toMatchObject({ outcome: 'failed', fault: { kind: 'unreachable' } }),
    8000,
  );
  {
    await using _broker = await broker();
    await using _sensor = await sensor(340);
    await vi.waitFor(
      async () => expect(await adapter.read(signal)).toMatchObject({ reading: { import: 340, export: 0 } }),
      12_000,
    );
  }
  await adapter.close();
}, 30_000);
