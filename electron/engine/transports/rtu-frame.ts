import { failed } from './fault.ts';
import type { RegisterRequest, RegisterResult } from './registers.ts';

/** CRC-16/MODBUS, also used by DSMR telegrams as CRC-16/ARC with another start. */
export function crc16(bytes: Uint8Array, start = 0xffff): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** A Modbus RTU read request, for the wires that carry it inside frames of their own. */
export function rtuRequest({ table, at, count, unit }: RegisterRequest): Buffer {
  const frame = Buffer.alloc(8);
  frame.writeUInt8(unit, 0);
  frame.writeUInt8(table === 'holding' ? 3 : 4, 1);
  frame.writeUInt16BE(at, 2);
  frame.writeUInt16BE(count, 4);
  frame.writeUInt16LE(crc16(frame.subarray(0, 6)), 6);
  return frame;
}

/** What an RTU reply says about a request. */
export function rtuReply(frame: Buffer, request: RegisterRequest, address: string): RegisterResult {
  const strange = (why: string) =>
    failed(
      'garbage',
      `${address} unit ${request.unit} answered something else than was asked (${why}); check the device type`,
    );
  if (frame.length < 5) return strange('too short');
  const code = frame.readUInt8(1);
  const size = code & 0x80 ? 5 : 5 + frame.readUInt8(2);
  if (frame.length < size) return strange('cut off');
  if (crc16(frame.subarray(0, size)) !== 0) return strange('checksum');
  if (frame.readUInt8(0) !== request.unit) return strange('another unit');
  if (code & 0x80) {
    const exception = frame.readUInt8(2);
    const kind = exception <= 3 ? 'unsupported' : exception === 5 || exception === 6 ? 'busy' : 'exception';
    return {
      ...failed(
        kind,
        `${address} unit ${request.unit} has no ${request.table} register ${request.at} (exception ${exception}); check the device type`,
      ),
      exception,
    };
  }
  if (code !== (request.table === 'holding' ? 3 : 4) || size !== 5 + 2 * request.count)
    return strange('another length');
  return { outcome: 'ok', words: Array.from({ length: request.count }, (_, i) => frame.readUInt16BE(3 + 2 * i)) };
}
