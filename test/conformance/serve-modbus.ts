import dgram from 'node:dgram';
import net from 'node:net';
import { registers, type LoadedCase } from './case.ts';
import { listen, type Served } from './served.ts';

const NO_SUCH_ADDRESS = 2;
const NO_SUCH_UNIT = 0x0b;

/** PDU of a read reply, or of an exception, from the case's register images. */
function answer(loaded: LoadedCase): (unit: number, pdu: Buffer) => Buffer {
  const tables = { 3: registers(loaded, loaded.modbus?.holding), 4: registers(loaded, loaded.modbus?.input) };
  return (unit, pdu) => {
    const [code = 0] = pdu;
    const refuse = (exception: number) => Buffer.from([code | 0x80, exception]);
    if (unit !== loaded.modbus?.unit) return refuse(NO_SUCH_UNIT);
    const table = code === 3 || code === 4 ? tables[code] : undefined;
    if (!table || pdu.length < 5) return refuse(1);
    const at = pdu.readUInt16BE(1);
    const count = pdu.readUInt16BE(3);
    const reply = Buffer.alloc(2 + 2 * count);
    reply.writeUInt8(code, 0);
    reply.writeUInt8((2 * count) & 0xff, 1);
    for (let i = 0; i < count; i++) {
      const word = table.get(at + i);
      if (word === undefined) return refuse(NO_SUCH_ADDRESS);
      reply.writeUInt16BE(word, 2 + 2 * i);
    }
    return reply;
  };
}

export function serveModbus(loaded: LoadedCase): Promise<Served> {
  const reply = answer(loaded);
  return listen(
    net.createServer((socket) => {
      let pending = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        while (pending.length >= 8 && pending.length >= 6 + pending.readUInt16BE(4)) {
          const frame = pending.subarray(0, 6 + pending.readUInt16BE(4));
          pending = pending.subarray(frame.length);
          const pdu = reply(frame.readUInt8(6), frame.subarray(7));
          const head = Buffer.from(frame.subarray(0, 7));
          head.writeUInt16BE(pdu.length + 1, 4);
          socket.write(Buffer.concat([head, pdu]));
        }
      });
    }),
  );
}

/** Answers each recorded request with its payload, other reads from the register image (AA55 + RTU frame). */
export async function serveUdp(loaded: LoadedCase): Promise<Served> {
  const exchanges = new Map<string, Buffer>();
  for (const datagram of loaded.datagrams ?? [])
    if (typeof datagram === 'object' && 'request' in datagram)
      exchanges.set(datagram.request.toLowerCase(), loaded.file(datagram.payload));
  const reply = answer(loaded);
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, from) => {
    const send = (bytes: Buffer) => socket.send(bytes, from.port, from.address);
    const recorded = exchanges.get(message.toString('hex'));
    if (recorded) return send(recorded);
    if (message.length !== 8 || crc16(message) !== 0) return;
    const frame = Buffer.concat([message.subarray(0, 1), reply(message.readUInt8(0), message.subarray(1, 6))]);
    const crc = crc16(frame);
    send(Buffer.concat([Buffer.from([0xaa, 0x55]), frame, Buffer.from([crc & 0xff, crc >> 8])]));
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

function crc16(bytes: Buffer): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
