/** Begins a frame; the second one says that the next byte is meant as it is. */
const START = 0x2b;
const ESCAPE = 0x2d;
const READ = 0x01;
const RESPONSE = 0x05;
const LONG_RESPONSE = 0x06;

/** What one frame tells: the object and its bytes. */
export interface RctAnswer {
  id: number;
  value: Buffer;
}

/** CRC-16-CCITT, begun with 0xFFFF, over an even number of bytes (RCT Power serial communication protocol 1.13). */
export function rctCrc(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (let at = 0; at < bytes.length + (bytes.length % 2); at++) {
    const byte = bytes[at] ?? 0;
    for (let bit = 7; bit >= 0; bit--) {
      const carry = ((crc >> 15) & 1) !== ((byte >> bit) & 1);
      crc = (crc << 1) & 0xffff;
      if (carry) crc ^= 0x1021;
    }
  }
  return crc;
}

/** The bytes that ask for these objects, one frame after the other. */
export const rctQuestions = (ids: readonly number[]): Buffer => Buffer.concat(ids.map((id) => rctFrame(READ, id)));

export function rctFrame(command: number, id: number, value: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.alloc(6 + value.length);
  body[0] = command;
  body[1] = 4 + value.length;
  body.writeUInt32BE(id, 2);
  body.set(value, 6);
  const crc = Buffer.alloc(2);
  crc.writeUInt16BE(rctCrc(body));
  const out = [START];
  for (const byte of [...body, ...crc]) {
    if (byte === START || byte === ESCAPE) out.push(ESCAPE);
    out.push(byte);
  }
  return Buffer.from(out);
}

/** All whole answers in what has come so far; frames with a wrong checksum are left out. */
export function rctAnswers(bytes: Uint8Array): RctAnswer[] {
  const answers: RctAnswer[] = [];
  for (const frame of framesIn(bytes)) {
    const long = frame[0] === LONG_RESPONSE;
    if (!long && frame[0] !== RESPONSE) continue;
    const head = long ? 3 : 2;
    const length = long ? frame.readUInt16BE(1) : (frame[1] ?? 0);
    if (length < 4 || frame.length < head + length + 2) continue;
    const body = frame.subarray(0, head + length);
    if (rctCrc(body) !== frame.readUInt16BE(body.length)) continue;
    answers.push({ id: body.readUInt32BE(head), value: body.subarray(head + 4) });
  }
  return answers;
}

/** What stands between one start and the next, without escapes; it may be cut, or longer than its frame. */
function framesIn(bytes: Uint8Array): Buffer[] {
  const frames: number[][] = [];
  let plain = false;
  for (const byte of bytes) {
    if (!plain && byte === START) frames.push([]);
    else if (!plain && byte === ESCAPE) {
      plain = true;
      continue;
    } else frames.at(-1)?.push(byte);
    plain = false;
  }
  return frames.filter(({ length }) => length >= 8).map((frame) => Buffer.from(frame));
}
