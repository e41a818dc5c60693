import { failed } from './fault.ts';
import type { FrameCodec } from './framed-source.ts';
import { rtuReply, rtuRequest } from './rtu-frame.ts';

const START = 0xa5;
const END = 0x15;
const REQUEST = 0x4510;
const REPLY = 0x1510;
/** Frame: A5, length, control, sequence, logger serial, payload, checksum, 15 (pysolarmanv5, protocol page). */
const HEAD = 11;
const TAIL = 2;
/** Bytes of a reply's payload before the RTU frame, and of a request's. */
const REPLY_PREFIX = 14;
const REQUEST_PREFIX = 15;

/** Solarman V5: how Deye, Sofar and Solis loggers carry Modbus RTU over TCP 8899; wants the logger's serial number. */
export function solarmanV5(loggerSerial: number, address: string): FrameCodec {
  let sequence = 0;
  return {
    encode(request) {
      sequence = (sequence + 1) & 0xff;
      const rtu = rtuRequest(request);
      const payload = Buffer.concat([Buffer.from([2]), Buffer.alloc(REQUEST_PREFIX - 1), rtu]);
      return frameOf(REQUEST, sequence, loggerSerial, payload);
    },
    frameLength(bytes) {
      if (bytes.length > 0 && bytes.readUInt8(0) !== START) return 0;
      return bytes.length < 3 ? undefined : HEAD + bytes.readUInt16LE(1) + TAIL;
    },
    decode(frame, request) {
      if (frame.readUInt16LE(3) !== REPLY || frame.readUInt8(5) !== sequence) return undefined;
      if (frame.readUInt8(frame.length - 1) !== END || frame.readUInt8(frame.length - TAIL) !== checksum(frame))
        return failed('garbage', `${address} sent a damaged Solarman frame; it will be asked again`);
      return rtuReply(frame.subarray(HEAD + REPLY_PREFIX, frame.length - TAIL), request, address);
    },
    answer(frame) {
      const control = frame.readUInt16LE(3);
      // Heartbeats and reports of the logger: 0x41..0x48 asked, 0x11..0x18 answered.
      if (control === REPLY || (control & 0xff) !== 0x10 || control >> 8 < 0x41 || control >> 8 > 0x48)
        return undefined;
      const payload = Buffer.alloc(10);
      payload.writeUInt8(1, 1);
      return frameOf(control - 0x3000, frame.readUInt8(5), loggerSerial, payload);
    },
  };
}

function frameOf(control: number, sequence: number, serial: number, payload: Buffer): Buffer {
  const frame = Buffer.alloc(HEAD + payload.length + TAIL);
  frame.writeUInt8(START, 0);
  frame.writeUInt16LE(payload.length, 1);
  frame.writeUInt16LE(control, 3);
  frame.writeUInt8(sequence, 5);
  frame.writeUInt32LE(serial >>> 0, 7);
  payload.copy(frame, HEAD);
  frame.writeUInt8(checksum(frame), frame.length - TAIL);
  frame.writeUInt8(END, frame.length - 1);
  return frame;
}

const checksum = (frame: Buffer) =>
  frame.subarray(1, frame.length - TAIL).reduce((sum, byte) => (sum + byte) & 0xff, 0);
