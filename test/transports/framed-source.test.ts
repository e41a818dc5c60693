import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { framedSource } from '#engine/transports/framed-source.ts';
import { givenergyFrames } from '#engine/transports/givenergy-frame.ts';
import { crc16, rtuReply, rtuRequest } from '#engine/transports/rtu-frame.ts';
import { solarmanV5 } from '#engine/transports/solarman-v5.ts';
import { listen } from '../conformance/served.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});
const signal = () => AbortSignal.timeout(3000);
const request = { table: 'holding', at: 59, count: 2, unit: 1 } as const;

const serve = async (answer: (bytes: Buffer, socket: net.Socket) => void) => {
  const served = await listen(net.createServer((socket) => socket.on('data', (bytes) => answer(bytes, socket))));
  open.push(served);
  return served.port;
};
const rtu = (...bytes: number[]) => {
  const crc = crc16(Uint8Array.from(bytes));
  return Buffer.from([...bytes, crc & 0xff, crc >> 8]);
};

describe('an RTU reply', () => {
  it.each([
    ['whole', rtu(1, 3, 4, 0, 7, 0, 8), 'ok'],
    ['an exception', rtu(1, 0x83, 2), 'unsupported'],
    ['damaged', Buffer.from([1, 3, 4, 0, 7, 0, 8, 0, 0]), 'garbage'],
    ['of another unit', rtu(2, 3, 4, 0, 7, 0, 8), 'garbage'],
    ['of another length', rtu(1, 3, 2, 0, 7), 'garbage'],
    ['cut off', rtu(1, 3, 4, 0, 7, 0, 8).subarray(0, 6), 'garbage'],
  ])('%s', (_, frame, expected) => {
    const result = rtuReply(frame, request, 'logger:8899');
    expect(result.outcome === 'ok' ? 'ok' : result.fault.kind).toBe(expected);
  });
});

describe('Solarman V5', () => {
  /** A logger by the protocol page of pysolarmanv5: header, payload with the RTU frame, sum, 15. */
  const reply = (asked: Buffer, frame: Buffer, spoil = 0) => {
    const payload = Buffer.concat([Buffer.alloc(14), frame]);
    const bytes = Buffer.concat([asked.subarray(0, 11), payload, Buffer.from([0, 0x15])]);
    bytes.writeUInt16LE(payload.length, 1);
    bytes.writeUInt16LE(0x1510, 3);
    bytes[bytes.length - 2] = (bytes.subarray(1, -2).reduce((sum, byte) => sum + byte, 0) + spoil) & 0xff;
    return bytes;
  };

  it('wraps the request for its logger and reads the reply, also in two pieces behind a heartbeat', async () => {
    const asked: Buffer[] = [];
    const port = await serve((bytes, socket) => {
      asked.push(bytes);
      if (bytes.readUInt16LE(3) !== 0x4510) return;
      const heartbeat = Buffer.from([0xa5, 1, 0, 0x10, 0x47, 9, 0, 1, 2, 3, 4, 0, 0, 0x15]);
      const frame = reply(bytes, rtu(1, 3, 4, 0, 7, 0, 8));
      socket.write(Buffer.concat([heartbeat, frame.subarray(0, 20)]));
      setImmediate(() => socket.write(frame.subarray(20)));
    });
    const source = framedSource('127.0.0.1', port, solarmanV5(2_700_000_001, `127.0.0.1:${port}`));
    open.unshift(source);
    expect(await source.read(request, signal())).toEqual({ outcome: 'ok', words: [7, 8] });
    const [first] = asked;
    expect(first?.readUInt32LE(7)).toBe(2_700_000_001);
    expect(first?.subarray(26, 34).equals(rtuRequest(request))).toBe(true);
  });

  it('refuses a damaged frame', async () => {
    const port = await serve((bytes, socket) => socket.write(reply(bytes, rtu(1, 3, 4, 0, 7, 0, 8), 1)));
    const source = framedSource('127.0.0.1', port, solarmanV5(1, `127.0.0.1:${port}`));
    open.unshift(source);
    expect(await source.read(request, signal())).toMatchObject({ outcome: 'failed', fault: { kind: 'garbage' } });
  });
});

describe('GivEnergy', () => {
  it('answers heartbeats and passes over frames it did not ask for', async () => {
    const head = (length: number, kind: number) =>
      Buffer.from([0x59, 0x59, 0, 1, length >> 8, length & 0xff, 1, kind, ...Buffer.from('AB1234G567')]);
    const inner = (at: number, words: number[]) =>
      Buffer.from([
        0x11,
        4,
        ...Buffer.from('SA12345678'),
        at >> 8,
        at & 0xff,
        0,
        words.length,
        ...words.flatMap((w) => [w >> 8, w & 0xff]),
        0,
        0,
      ]);
    const frame = (at: number, words: number[]) => {
      const body = Buffer.concat([Buffer.alloc(8), inner(at, words)]);
      return Buffer.concat([head(12 + body.length, 2), body]);
    };
    const heartbeat = Buffer.concat([head(13, 1), Buffer.from([1])]);
    const asked: Buffer[] = [];
    const port = await serve((bytes, socket) => {
      asked.push(bytes);
      if (asked.length === 1) socket.write(Buffer.concat([heartbeat, frame(180, [1, 2]), frame(18, [350, 360])]));
    });
    const source = framedSource('127.0.0.1', port, givenergyFrames(`127.0.0.1:${port}`));
    open.unshift(source);
    expect(await source.read({ table: 'input', at: 18, count: 2, unit: 0x11 }, signal())).toEqual({
      outcome: 'ok',
      words: [350, 360],
    });
    expect(asked[0]?.subarray(26, 32)).toEqual(Buffer.from([0x11, 4, 0, 18, 0, 2]));
  });

  it('says so where the dongle hangs up', async () => {
    const port = await serve((_, socket) => socket.destroy());
    const source = framedSource('127.0.0.1', port, givenergyFrames(`127.0.0.1:${port}`));
    open.unshift(source);
    expect(await source.read(request, signal())).toMatchObject({ outcome: 'failed', fault: { kind: 'unreachable' } });
  });
});
