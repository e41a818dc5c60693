import { failed } from './fault.ts';
import type { FrameCodec } from './framed-source.ts';
import { crc16 } from './rtu-frame.ts';

/** 5959 0001, length, unit 1, function 2, dongle serial (10), padding (8), then the inner frame (givenergy-modbus). */
const MAGIC = 0x5959_0001;
const INNER = 26;
const SERIAL_AT = 8;
const HEARTBEAT = 1;
const TRANSPARENT = 2;

/** GivEnergy dongles on TCP 8899. Their heartbeats must be answered, or they hang up. */
export function givenergyFrames(address: string): FrameCodec {
  return {
    encode({ table, at, count, unit }) {
      const inner = Buffer.alloc(8);
      inner.writeUInt8(unit, 0);
      inner.writeUInt8(table === 'holding' ? 3 : 4, 1);
      inner.writeUInt16BE(at, 2);
      inner.writeUInt16BE(count, 4);
      inner.writeUInt16BE(crc16(inner.subarray(0, 6)), 6);
      const head = Buffer.alloc(INNER);
      head.writeUInt32BE(MAGIC, 0);
      head.writeUInt16BE(INNER - 6 + inner.length, 4);
      head.writeUInt8(1, 6);
      head.writeUInt8(TRANSPARENT, 7);
      head.write('AB1234G567', SERIAL_AT, 'ascii');
      head.writeUInt8(8, 25);
      return Buffer.concat([head, inner]);
    },
    frameLength(bytes) {
      if (bytes.length < 6) return bytes.length > 0 && bytes.readUInt8(0) !== 0x59 ? 0 : undefined;
      return bytes.readUInt32BE(0) === MAGIC ? 6 + bytes.readUInt16BE(4) : 0;
    },
    decode(frame, request) {
      // Inner reply: unit, function, inverter serial (10), base, count, words, crc.
      if (frame.length < INNER + 18 || frame.readUInt8(7) !== TRANSPARENT) return undefined;
      const code = frame.readUInt8(INNER + 1);
      if (code === (0x80 | (request.table === 'holding' ? 3 : 4)))
        return {
          ...failed('unsupported', `${address} has no ${request.table} register ${request.at}; check the device type`),
          exception: 2,
        };
      const same =
        frame.readUInt8(INNER) === request.unit &&
        code === (request.table === 'holding' ? 3 : 4) &&
        frame.readUInt16BE(INNER + 12) === request.at &&
        frame.readUInt16BE(INNER + 14) === request.count;
      if (!same || frame.length < INNER + 16 + 2 * request.count) return undefined;
      return {
        outcome: 'ok',
        words: Array.from({ length: request.count }, (_, i) => frame.readUInt16BE(INNER + 16 + 2 * i)),
      };
    },
    answer: (frame) => (frame.readUInt8(7) === HEARTBEAT ? frame : undefined),
  };
}
