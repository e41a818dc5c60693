import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { modbusSource } from '#engine/transports/modbus.ts';
import { listen } from '../conformance/served.ts';

type Answer = (request: Buffer, socket: net.Socket) => void;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** A Modbus server that answers each request as told; counts connections and requests in flight. */
async function server(...answers: Answer[]) {
  const seen = { sockets: 0, requests: 0, inFlight: 0, most: 0 };
  const served = await listen(
    net.createServer((socket) => {
      seen.sockets++;
      socket.on('data', (request) => {
        seen.most = Math.max(seen.most, ++seen.inFlight);
        const answer = answers[Math.min(seen.requests++, answers.length - 1)];
        setImmediate(() => {
          seen.inFlight--;
          answer?.(request, socket);
        });
      });
    }),
  );
  open.push(served);
  return { port: served.port, seen };
}

const framed = (request: Buffer, pdu: number[], unit = request.readUInt8(6)) => {
  const head = Buffer.from(request.subarray(0, 7));
  head.writeUInt16BE(pdu.length + 1, 4);
  head.writeUInt8(unit, 6);
  return Buffer.concat([head, Buffer.from(pdu)]);
};
const fine: Answer = (request, socket) => {
  const count = request.readUInt16BE(10);
  socket.write(
    framed(request, [
      request.readUInt8(7),
      2 * count,
      ...Array.from({ length: 2 * count }, (_, i) => (i % 2 ? request.readUInt8(6) : 0)),
    ]),
  );
};
const exception =
  (code: number): Answer =>
  (request, socket) =>
    socket.write(framed(request, [request.readUInt8(7) | 0x80, code]));

function source(port: number, unit = 1) {
  const opened = modbusSource({ transport: 'modbus-tcp', host: '127.0.0.1', port, unit }, { timeoutMs: 150 });
  open.unshift(opened);
  return (count = 2) => opened.read({ table: 'holding', at: 10, count, unit }, new AbortController().signal);
}

it('shares one connection and one queue between units', async () => {
  const { port, seen } = await server(fine);
  const [one, two] = [source(port, 1), source(port, 2)];
  const found = await Promise.all([one(), two(), one(), two()]);
  expect(found.map((result) => (result.outcome === 'ok' ? result.words[0] : result))).toEqual([1, 2, 1, 2]);
  expect(seen).toMatchObject({ sockets: 1, requests: 4, most: 1 });
});

const misbehaving: [name: string, answer: Answer, kind: string][] = [
  ['exception 2', exception(2), 'unsupported'],
  ['exception 4', exception(4), 'exception'],
  ['exception 6', exception(6), 'busy'],
  ['exception 11', exception(11), 'unreachable'],
  ['silence', () => undefined, 'timeout'],
  ['a hang-up', (_, socket) => socket.destroy(), 'unreachable'],
  [
    'a frame cut in the middle',
    (request, socket) => socket.end(framed(request, [3, 4, 0, 1, 0, 2]).subarray(0, 10)),
    'unreachable',
  ],
  ['another length', (request, socket) => socket.write(framed(request, [3, 2, 0, 1])), 'garbage'],
  ['another unit', (request, socket) => socket.write(framed(request, [3, 4, 0, 1, 0, 2], 77)), 'garbage'],
  ['a web page', (_, socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n<html></html>'), 'timeout'],
  ['noise', (_, socket) => socket.write(Buffer.from([9, 9, 9, 9, 0, 1, 7, 7, 7])), 'timeout'],
];

it.each(misbehaving)(
  '%s is a typed failure with the address, and the next exchange is sound',
  async (_, answer, kind) => {
    const { port } = await server(answer, fine);
    const read = source(port);
    const message: unknown = expect.stringContaining(`127.0.0.1:${port}`);
    expect(await read()).toMatchObject({ outcome: 'failed', fault: { kind, message } });
    expect(await read()).toMatchObject({ outcome: 'ok', words: [1, 1] });
  },
);

it('keeps the connection over an exception, and drops it after a late answer', async () => {
  const { port, seen } = await server(exception(2), fine, () => undefined, fine);
  const read = source(port);
  await read();
  await read();
  expect(seen.sockets).toBe(1);
  await read();
  expect((await read()).outcome).toBe('ok');
  expect(seen.sockets).toBe(2);
});

it('says so where nothing listens', async () => {
  const { port } = await server(fine);
  await open.pop()?.close();
  expect(await source(port)()).toMatchObject({ outcome: 'failed', fault: { kind: 'unreachable' } });
});

it('keeps no answer of before for as long as the connection lives', async () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const { port } = await server(fine);
  const read = source(port);
  const first = await (async () => {
    const found = await read();
    return found.outcome === 'ok' ? new WeakRef(found.words) : undefined;
  })();
  for (let n = 0; n < 5; n++) await read();
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  expect(first).toBeDefined();
  expect(first?.deref()).toBeUndefined();
});
