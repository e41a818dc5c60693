import type { FrameCodec } from '#engine/transports/framed-source.ts';
import { givenergyFrames } from '#engine/transports/givenergy-frame.ts';
import type { RegisterRequest, RegisterResult } from '#engine/transports/registers.ts';
import { crc16, rtuReply } from '#engine/transports/rtu-frame.ts';
import { scomFrame, scomFrames } from '#engine/transports/scom.ts';
import { solarmanV5 } from '#engine/transports/solarman-v5.ts';
import { mutateBytes } from './mutate.ts';

/** A wire's own frames: a good reply, and how it is taken apart. */
export interface FrameDecoder {
  name: string;
  reply: Buffer;
  request: RegisterRequest;
  read(bytes: Buffer): RegisterResult | undefined;
}

const request = { table: 'holding', at: 18, count: 2, unit: 1 } as const;

const rtu = (() => {
  const body = Buffer.from([1, 3, 4, 0, 7, 0, 8]);
  const crc = crc16(body);
  return Buffer.concat([body, Buffer.from([crc & 0xff, crc >> 8])]);
})();

/** As a source takes bytes: frame by frame, until one answers. */
function through(codec: FrameCodec, asked: RegisterRequest) {
  return (bytes: Buffer): RegisterResult | undefined => {
    let pending = bytes;
    while (pending.length > 0) {
      const length = codec.frameLength(pending);
      if (length === undefined || length > pending.length) return undefined;
      const frame = pending.subarray(0, Math.max(1, length));
      pending = pending.subarray(frame.length);
      if (length === 0) continue;
      codec.answer?.(frame);
      const result = codec.decode(frame, asked);
      if (result) return result;
    }
    return undefined;
  };
}

const ADDRESS = 'logger:8899';
const scomAsked = { table: 'input', at: 8, count: 2, unit: 21 } as const;

function solarmanReply(codec: FrameCodec): Buffer {
  const asked = codec.encode(request);
  const bytes = Buffer.concat([asked.subarray(0, 11), Buffer.alloc(14), rtu, Buffer.from([0, 0x15])]);
  bytes.writeUInt16LE(14 + rtu.length, 1);
  bytes.writeUInt16LE(0x1510, 3);
  bytes[bytes.length - 2] = bytes.subarray(1, -2).reduce((sum, byte) => sum + byte, 0) & 0xff;
  return bytes;
}

function givenergyReply(): Buffer {
  const inner = Buffer.from([1, 3, ...Buffer.from('SA12345678'), 0, 18, 0, 2, 0, 7, 0, 8, 0, 0]);
  const head = Buffer.from([0x59, 0x59, 0, 1, 0, 20 + inner.length, 1, 2, ...Buffer.from('AB1234G567')]);
  return Buffer.concat([head, Buffer.alloc(8), inner]);
}

const scomValue = Buffer.from('020101 00 fc2a0000 0100 0000003f'.replaceAll(' ', ''), 'hex');

export const frameDecoders: readonly FrameDecoder[] = [
  { name: 'rtu', reply: rtu, request, read: (bytes) => rtuReply(bytes, request, ADDRESS) },
  ...[solarmanV5(2_700_000_001, ADDRESS)].map((codec) => ({
    name: 'solarman v5',
    reply: solarmanReply(codec),
    request,
    read: through(codec, request),
  })),
  { name: 'givenergy', reply: givenergyReply(), request, read: through(givenergyFrames(ADDRESS), request) },
  {
    name: 'scom',
    reply: scomFrame(301, 1, scomValue),
    request: scomAsked,
    read: through(scomFrames(ADDRESS), scomAsked),
  },
];

/** A broken frame is nothing, a typed failure, or the words that were asked for. */
export function fuzzFrame({ reply, request: asked, read }: FrameDecoder, random: () => number): void {
  const result = read(Buffer.from(mutateBytes(reply, random)));
  if (!result) return;
  if (result.outcome === 'failed') {
    if (result.fault.message.length < 20) throw new Error('a fault without words');
    return;
  }
  const { words } = result;
  const sound = words.length === asked.count && words.every((w) => Number.isInteger(w) && w >= 0 && w <= 0xffff);
  if (!sound) throw new Error(`words ${words.join()}`);
}
