import net from 'node:net';
import { listen, type Served } from '../../conformance/served.ts';

/** A register image from `base` on, read by function 3 or 4; the caller changes its words when the device would. */
export function serveModbus(words: ArrayLike<number>, base: number): Promise<Served> {
  return listen(
    net.createServer({ noDelay: true }, (socket) => {
      let pending = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        while (pending.length >= 12) {
          socket.write(answer(pending.subarray(0, 12), words, base));
          pending = pending.subarray(12);
        }
      });
    }),
  );
}

function answer(frame: Buffer, words: ArrayLike<number>, base: number): Buffer {
  const from = frame.readUInt16BE(8) - base;
  const count = frame.readUInt16BE(10);
  const known = from >= 0 && from + count <= words.length;
  const reply = Buffer.alloc(known ? 9 + 2 * count : 9);
  frame.copy(reply, 0, 0, 8);
  reply.writeUInt16BE(reply.length - 6, 4);
  if (!known) {
    reply[7] = (frame[7] ?? 0) | 0x80;
    reply[8] = 2;
    return reply;
  }
  reply[8] = 2 * count;
  for (let i = 0; i < count; i += 1) reply.writeUInt16BE(words[from + i] ?? 0, 9 + 2 * i);
  return reply;
}
