import { failed } from './fault.ts';
import { framedSource, type FrameCodec } from './framed-source.ts';
import type { RegisterRequest, RegisterResult, RegisterSource } from './registers.ts';

/**
 * Studer's own protocol on the Xcom-232i ("Technical specification Xtender serial protocol"): AA, flags, source and
 * destination, length, checksum; then service, object and its value, checksum; all little-endian. Here it reads user
 * infos as if they were the registers of the Xcom-485i: register = 2 × (info id − family base).
 */
const START = 0xaa;
const HEADER = 14;
const READ = 1;
const USER_INFO = 1;
const VALUE = 1;
const OURS = 1;
const OBJECT_MISSING = 0x22;
const DEVICE_MISSING = 0x02;

/** Units of the Xcom-485i, the serial addresses of the same devices, and their first info. */
const FAMILIES = [
  { unit: 60, address: 600, firstId: 7000 },
  { unit: 40, address: 700, firstId: 15_000 },
  { unit: 20, address: 300, firstId: 11_000 },
  { unit: 10, address: 100, firstId: 3000 },
] as const;

export function scomChecksum(bytes: Uint8Array): Buffer {
  let a = 0xff;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) & 0xff;
    b = (b + a) & 0xff;
  }
  return Buffer.from([a, b]);
}

function target({ unit, at }: RegisterRequest): { address: number; id: number } {
  const family = FAMILIES.find((one) => unit >= one.unit) ?? FAMILIES[3];
  return { address: family.address + unit - family.unit, id: family.firstId + at / 2 };
}

/** One value of one device; `count` is always 2. */
export function scomFrames(address: string): FrameCodec {
  return {
    encode(request) {
      const { address: to, id } = target(request);
      const data = Buffer.alloc(10);
      data.writeUInt8(READ, 1);
      data.writeUInt16LE(USER_INFO, 2);
      data.writeUInt32LE(id, 4);
      data.writeUInt16LE(VALUE, 8);
      return scomFrame(OURS, to, data);
    },
    frameLength(bytes) {
      if (bytes.length > 0 && bytes.readUInt8(0) !== START) return 0;
      if (bytes.length < HEADER) return undefined;
      if (!scomChecksum(bytes.subarray(1, HEADER - 2)).equals(bytes.subarray(HEADER - 2, HEADER))) return 0;
      return HEADER + bytes.readUInt16LE(10) + 2;
    },
    decode(frame, request) {
      const { address: to, id } = target(request);
      const data = frame.subarray(HEADER, -2);
      if (data.length < 12 || !scomChecksum(data).equals(frame.subarray(-2))) return undefined;
      const isAnswer = frame.readUInt32LE(2) === to && data.readUInt32LE(4) === id && data.readUInt8(1) === READ;
      if (!isAnswer) return undefined;
      const value = data.subarray(10);
      if (data.readUInt8(0) & 1) return refusal(address, to, id, value.readUInt16LE(0));
      const words = Buffer.alloc(4);
      // Modes and stages come as short numbers, all else as a float.
      words.writeFloatBE(value.length >= 4 ? value.readFloatLE(0) : value.readUInt16LE(0), 0);
      return { outcome: 'ok', words: [words.readUInt16BE(0), words.readUInt16BE(2)] };
    },
  };
}

export function scomFrame(from: number, to: number, data: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt8(START, 0);
  head.writeUInt32LE(from, 2);
  head.writeUInt32LE(to, 6);
  head.writeUInt16LE(data.length, 10);
  scomChecksum(head.subarray(1, HEADER - 2)).copy(head, HEADER - 2);
  return Buffer.concat([head, data, scomChecksum(data)]);
}

function refusal(address: string, to: number, id: number, code: number): RegisterResult {
  if (code === OBJECT_MISSING || code === DEVICE_MISSING) {
    const fault = failed('unsupported', `${address} has no info ${id} at device ${to}; check which devices it has`);
    return { ...fault, exception: 2 };
  }
  return failed('exception', `${address} answers error ${code} for info ${id} of device ${to}`);
}

/** Behind a TCP port, such as a serial server on the Xcom-232i. */
export function scomSource(host: string, port: number): RegisterSource {
  const source = framedSource(host, port, scomFrames(`${host}:${port}`));
  return {
    ...source,
    async read(request, signal) {
      const words: number[] = [];
      for (let at = request.at; at < request.at + request.count; at += 2) {
        const value = await source.read({ ...request, at, count: 2 }, signal);
        if (value.outcome === 'failed') return value;
        words.push(...value.words);
      }
      return { outcome: 'ok', words };
    },
  };
}
