import type { PlantReading } from '#shared/reading.ts';
import { failed, type Failed } from '../transports/fault.ts';
import { decrypted, encrypted, TAG_BYTES } from '../transports/hoymiles-cipher.ts';
import { crc16 } from '../transports/rtu-frame.ts';
import { tcpExchange, type TcpPeer } from '../transports/tcp-exchange.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import {
  bytesIn,
  decodeMessage,
  encodeMessage,
  integerIn,
  messagesIn,
  stringIn,
  type Message,
} from './decode/protobuf.ts';
import { contextOf, unsuitable } from './family.ts';
import { times } from './json.ts';
import { given, sumKnown } from './normalize/directions.ts';

/** "HM", command, sequence, CRC-16 of the message, length of all; then the message (suaveolent/hoymiles-wifi). */
const HEADER = 10;
const REAL_DATA = 0xa311;
/** What the gateway is; never encrypted. */
const APP_INFO = 0xa301;
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
  /** Absent: it does not encrypt, or has not told yet. */
  let random: Buffer | undefined;
  const next = () => (sequence = (sequence + 1) & 0xffff);

  async function readAll(signal: AbortSignal): Promise<Asked<Message[]>> {
    const parts: Message[] = [];
    for (let part = 0, count = 1; part < count; part++) {
      const request = hoymilesRequest(next(), part, ports.clock.now(), random);
      const reply = await ask(peer, request, random, signal);
      if (reply.outcome === 'failed') return reply;
      parts.push(reply.value);
      count = Math.min(MOST_PARTS, integerIn(reply.value, 3) ?? 1);
    }
    return { outcome: 'ok', value: parts };
  }

  /** Firmware of 2025 and newer answers only what is encrypted, and tells openly with what. */
  async function learnRandom(signal: AbortSignal): Promise<Buffer | undefined> {
    const reply = await ask(peer, appInfoRequest(next(), ports.clock.now()), undefined, signal);
    return reply.outcome === 'ok' ? randomIn(reply.value) : undefined;
  }

  return {
    async read(signal) {
      const first = await readAll(signal);
      if (first.outcome === 'ok') return ok(hoymilesReading(first.value));
      if (first.fault.kind === 'unreachable' || signal.aborted) return first;
      // After a reset of the gateway its random bytes are others.
      random = await learnRandom(signal);
      if (!random) return first;
      const again = await readAll(signal);
      return again.outcome === 'ok' ? ok(hoymilesReading(again.value)) : again;
    },
    close: () => Promise.resolve(),
  };
};

type Asked<T> = { outcome: 'ok'; value: T } | Failed;

async function ask(
  peer: TcpPeer,
  request: Buffer,
  random: Buffer | undefined,
  signal: AbortSignal,
): Promise<Asked<Message>> {
  const beyond = random ? TAG_BYTES : 0;
  const complete = (bytes: Buffer) => bytes.length >= HEADER && bytes.length >= bytes.readUInt16BE(8) + beyond;
  const reply = await tcpExchange(peer, request, { complete, maxBytes: 65_535 }, signal);
  if (reply.outcome === 'failed') return reply;
  const message = hoymilesReply(reply.bytes, random);
  return message
    ? { outcome: 'ok', value: message }
    : failed('garbage', `${peer.host}:${peer.port} does not answer as a Hoymiles DTU; check the device type`);
}

const timeOf = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ');

function appInfoRequest(sequence: number, nowMs: number): Buffer {
  const message = encodeMessage([
    [1, timeOf(nowMs)],
    [2, OFFSET_S],
    [5, Math.floor(nowMs / 1000)],
  ]);
  return hoymilesFrame(APP_INFO, sequence, message);
}

/** Field 8 is the gateway, its field 27 what keys are made of. */
export function randomIn(message: Message): Buffer | undefined {
  const bytes = bytesIn(messagesIn(message, 8)[0], 27);
  return bytes?.length === 16 ? Buffer.from(bytes) : undefined;
}

export function hoymilesRequest(sequence: number, part: number, nowMs: number, random?: Buffer): Buffer {
  const message = encodeMessage([
    [1, timeOf(nowMs)],
    ...(part === 0 ? [] : [[2, part] as const]),
    [4, OFFSET_S],
    [5, Math.floor(nowMs / 1000)],
  ]);
  return hoymilesFrame(REAL_DATA, sequence, message, random);
}

/** Checksum and length leave out the tag of an encrypted message. */
export function hoymilesFrame(command: number, sequence: number, message: Buffer, random?: Buffer): Buffer {
  const body = random ? encrypted(random, command, sequence, message) : message;
  const head = Buffer.alloc(HEADER);
  head.write('HM', 'ascii');
  head.writeUInt16BE(command, 2);
  head.writeUInt16BE(sequence, 4);
  head.writeUInt16BE(crc16(body.subarray(0, message.length)), 6);
  head.writeUInt16BE(HEADER + message.length, 8);
  return Buffer.concat([head, body]);
}

export function hoymilesReply(bytes: Buffer, random?: Buffer): Message | undefined {
  if (bytes.length < HEADER || bytes.toString('ascii', 0, 2) !== 'HM') return undefined;
  const end = bytes.readUInt16BE(8);
  const body = bytes.subarray(HEADER, end);
  if (crc16(body) !== bytes.readUInt16BE(6)) return undefined;
  const whole = bytes.subarray(HEADER, end + TAG_BYTES);
  const message = random ? decrypted(random, bytes.readUInt16BE(2), bytes.readUInt16BE(4), whole) : body;
  return message && decodeMessage(message);
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
