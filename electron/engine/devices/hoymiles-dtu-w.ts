import type { PlantReading } from '#shared/reading.ts';
import { failed, type Failed } from '../transports/fault.ts';
import { crc16 } from '../transports/rtu-frame.ts';
import { tcpExchange, type TcpPeer } from '../transports/tcp-exchange.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { decodeMessage, encodeMessage, integerIn, messagesIn, stringIn, type Message } from './decode/protobuf.ts';
import { contextOf, unsuitable } from './family.ts';
import { times } from './json.ts';
import { given, sumKnown } from './normalize/directions.ts';

/** "HM", command, sequence, CRC-16 of the message, length of all; then the message (suaveolent/hoymiles-wifi). */
const HEADER = 10;
const REAL_DATA = 0xa311;
/** Its clock is told in seconds east of Greenwich, always China's. */
const OFFSET_S = 28_800;
const MOST_PARTS = 8;

/** Hoymiles DTU-W, DTU-Lite and the inverters with such a stick inside (HMS-W). */
export const openHoymilesDtuW: OpenPlantAdapter = (device, ports) => {
  const { connection } = device;
  if (connection.transport !== 'tcp') return unsuitable(device, 'tcp');
  const { ok } = contextOf(device, ports);
  const peer = { host: connection.host, port: connection.port };
  let sequence = 0;
  return {
    async read(signal) {
      const parts: Message[] = [];
      for (let part = 0, count = 1; part < count; part++) {
        sequence = (sequence + 1) & 0xffff;
        const reply = await ask(peer, hoymilesRequest(sequence, part, ports.clock.now()), signal);
        if (reply.outcome === 'failed') return reply;
        parts.push(reply.message);
        count = Math.min(MOST_PARTS, integerIn(reply.message, 3) ?? 1);
      }
      return ok(hoymilesReading(parts));
    },
    close: () => Promise.resolve(),
  };
};

async function ask(
  peer: TcpPeer,
  request: Buffer,
  signal: AbortSignal,
): Promise<{ outcome: 'ok'; message: Message } | Failed> {
  const complete = (bytes: Buffer) => bytes.length >= HEADER && bytes.length >= bytes.readUInt16BE(8);
  const reply = await tcpExchange(peer, request, { complete, maxBytes: 65_535 }, signal);
  if (reply.outcome === 'failed') return reply;
  const message = hoymilesReply(reply.bytes);
  return message
    ? { outcome: 'ok', message }
    : failed(
        'garbage',
        `${peer.host}:${peer.port} does not answer as a Hoymiles DTU (or only encrypted, with firmware of 2025 and newer); check the device type`,
      );
}

export function hoymilesRequest(sequence: number, part: number, nowMs: number): Buffer {
  const time = new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');
  const message = encodeMessage([
    [1, time],
    ...(part === 0 ? [] : [[2, part] as const]),
    [4, OFFSET_S],
    [5, Math.floor(nowMs / 1000)],
  ]);
  return hoymilesFrame(REAL_DATA, sequence, message);
}

export function hoymilesFrame(command: number, sequence: number, message: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.write('HM', 'ascii');
  head.writeUInt16BE(command, 2);
  head.writeUInt16BE(sequence, 4);
  head.writeUInt16BE(crc16(message), 6);
  head.writeUInt16BE(HEADER + message.length, 8);
  return Buffer.concat([head, message]);
}

export function hoymilesReply(bytes: Buffer): Message | undefined {
  if (bytes.length < HEADER || bytes.toString('ascii', 0, 2) !== 'HM') return undefined;
  const message = bytes.subarray(HEADER, bytes.readUInt16BE(8));
  return crc16(message) === bytes.readUInt16BE(6) ? decodeMessage(message) : undefined;
}

/** Fields: 1 serial, 9 single-phase inverters, 10 three-phase ones, 11 panels, 12 power of all. A zero is not sent. */
export function hoymilesReading(parts: readonly Message[]): PlantReading {
  const single = parts.flatMap((part) => messagesIn(part, 9));
  const three = parts.flatMap((part) => messagesIn(part, 10));
  const panels = parts.flatMap((part) => messagesIn(part, 11));
  const heard = single.length + three.length > 0;
  const zeroed = (message: Message, field: number) => integerIn(message, field) ?? 0;
  const inverterW = heard
    ? sumKnown([...single.map((one) => zeroed(one, 5)), ...three.map((one) => zeroed(one, 10))])
    : undefined;
  const totals = panels.map((panel) => integerIn(panel, 6));
  return given({
    production: times(integerIn(parts[0], 12) ?? inverterW, 0.1),
    productionTotal: totals.includes(undefined) ? undefined : sumKnown(totals),
    gridVoltage: times(integerIn(single[0], 3) ?? integerIn(three[0], 3), 0.1),
    gridFrequency: times(integerIn(single[0], 4) ?? integerIn(three[0], 9), 0.01),
    serial: stringIn(parts[0], 1),
  });
}
