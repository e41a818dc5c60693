import dgram from 'node:dgram';
import { afterEach, expect, it, vi } from 'vitest';
import { plantAdapters } from '#engine/devices/registry.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';
import { SPEEDWIRE } from '../devices/replies.ts';

const GROUP = '239.12.255.254';
const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** A port that no other test listens to. */
async function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

function meter(port: number, setup: Record<string, string> = {}) {
  const connection = { transport: 'multicast', group: GROUP, port, interface: '127.0.0.1' } as const;
  const device = plantDevice('meter', ['grid'], { family: 'sma-speedwire', connection, setup });
  const adapter = plantAdapters['sma-speedwire']?.(device, testPorts());
  if (!adapter) throw new Error('no speedwire family');
  open.push(adapter);
  return adapter;
}

async function sender(port: number) {
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setMulticastInterface('127.0.0.1');
  open.push({ close: () => void socket.close() });
  return (bytes: Uint8Array) => new Promise<void>((resolve) => socket.send(bytes, port, GROUP, () => resolve()));
}

it('hears a meter’s datagrams on loopback, beside another listener, and passes over what is none', async () => {
  const port = await freeUdpPort();
  const [one, two] = [meter(port), meter(port)];
  const signal = new AbortController().signal;
  const send = await sender(port);
  const reads = Promise.all([one.read(signal), two.read(signal)]);
  const garbage = Buffer.from('not speedwire');
  await vi.waitFor(async () => {
    await send(garbage);
    await send(SPEEDWIRE);
    const done = await Promise.race([reads, new Promise((resolve) => setImmediate(resolve))]);
    expect(done).toBeDefined();
  });
  for (const found of await reads)
    expect(found).toMatchObject({ outcome: 'ok', reading: { import: 500, export: 0, serial: '123456789' } });
});

it('listens to the meter it was told of alone', async () => {
  const port = await freeUdpPort();
  const other = meter(port, { serial: '1' });
  const mine = meter(port, { serial: '123456789' });
  const send = await sender(port);
  const ending = new AbortController();
  const heard = mine.read(ending.signal);
  const silent = other.read(ending.signal);
  const timer = setInterval(() => void send(SPEEDWIRE), 10);
  expect(await heard).toMatchObject({ outcome: 'ok' });
  clearInterval(timer);
  ending.abort();
  expect(await silent).toMatchObject({ outcome: 'failed' });
});
