import dns from 'node:dns';
import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { plantSession } from '#engine/devices/session.ts';
import { httpClient } from '#engine/transports/http.ts';
import { modbusSource } from '#engine/transports/modbus.ts';
import { failed } from '#engine/transports/fault.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';

const open: { close(): Promise<unknown> | void }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const thing of open.splice(0)) await thing.close();
});
const signal = () => AbortSignal.timeout(5000);

/** A Modbus device on one loopback address: every register holds `word`. */
async function device(host: string, word: number, port = 0) {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const count = request.readUInt16BE(10);
      const reply = Buffer.alloc(9 + 2 * count);
      request.copy(reply, 0, 0, 8);
      reply.writeUInt16BE(3 + 2 * count, 4);
      reply.writeUInt8(2 * count, 8);
      for (let i = 0; i < count; i++) reply.writeUInt16BE(word, 9 + 2 * i);
      socket.write(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: (server.address() as net.AddressInfo).port, close };
}

it('looks the name up again when the device has got another address', async () => {
  const first = await device('127.0.0.1', 1);
  const second = await device('127.0.0.2', 2, first.port);
  open.push(second);
  let address = '127.0.0.1';
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, options: unknown, done: unknown) => {
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    const give = done as (error: null, found: unknown, family?: number) => void;
    setImmediate(() => (all ? give(null, [{ address, family: 4 }]) : give(null, address, 4)));
  }) as typeof dns.lookup);
  const source = modbusSource({ transport: 'modbus-tcp', host: 'inverter.test', port: first.port, unit: 1 });
  open.unshift(source);
  const read = () => source.read({ table: 'holding', at: 0, count: 1, unit: 1 }, signal());
  expect(await read()).toEqual({ outcome: 'ok', words: [1] });
  expect(await read()).toEqual({ outcome: 'ok', words: [1] });
  expect(lookup).toHaveBeenCalledTimes(1);

  // The router gives it another address; the connection to the old one ends.
  address = '127.0.0.2';
  await first.close();
  await vi.waitFor(async () => expect(await read()).toEqual({ outcome: 'ok', words: [2] }));
  expect(lookup.mock.calls.length).toBeGreaterThanOrEqual(2);
});

it('never has two sockets or two requests at one HTTP device, however many ask', async () => {
  const seen = { sockets: 0, now: 0, most: 0 };
  const server = http.createServer((_request, response) => {
    seen.most = Math.max(seen.most, ++seen.now);
    setImmediate(() => {
      seen.now--;
      response.end('{"ok":true}');
    });
  });
  server.on('connection', () => seen.sockets++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  const { port } = server.address() as net.AddressInfo;
  const clients = Array.from({ length: 4 }, () =>
    httpClient({ transport: 'http', host: '127.0.0.1', port, tls: false }),
  );
  open.unshift(...clients);
  const replies = await Promise.all(clients.flatMap((client) => [1, 2, 3].map(() => client.json('/', signal()))));
  expect(replies.every(({ outcome }) => outcome === 'ok')).toBe(true);
  expect(seen).toMatchObject({ sockets: 1, most: 1 });
});

it('tries again ever more slowly, and not all devices at once', async () => {
  const gaps = async (random: number) => {
    const ports = { ...testPorts(), random: () => random };
    const tried: number[] = [];
    const stop = new AbortController();
    const session = plantSession(
      plantDevice('d', ['grid']),
      () => ({
        read: () => {
          tried.push(ports.clock.now());
          return Promise.resolve(failed('timeout', 'no answer'));
        },
        close: () => Promise.resolve(),
      }),
      ports,
    );
    const running = session.run(stop.signal);
    await ports.clock.advance(300_000);
    stop.abort();
    await running;
    return tried.slice(1).map((at, i) => at - (tried[i] ?? 0));
  };
  const [early, late] = [await gaps(0), await gaps(0.999)];
  expect(early.slice(0, 6)).toEqual([1000, 1500, 3000, 6000, 12_000, 24_000]);
  expect(Math.max(...late)).toBeLessThanOrEqual(75_000);
  for (const [i, gap] of late.entries()) expect(gap).toBeGreaterThan(early[i] ?? 0);
});
