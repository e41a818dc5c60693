import { parseBounded } from './bounded-json.ts';
import { failed, type Failed } from './fault.ts';
import { tcpExchange, type TcpPeer } from './tcp-exchange.ts';

export type LengthJsonResult = { outcome: 'ok'; value: Record<string, unknown> } | Failed;

// Whatsminer API 3 states replies of at most 8 KB; twice that leaves room for more boards.
const MAX_BYTES = 16 * 1024;
const HEADER_BYTES = 4;

export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

/** One request and its reply, each JSON behind a 4-byte little-endian length, on a connection of its own. */
export async function lengthJsonRequest(
  peer: TcpPeer,
  message: unknown,
  signal: AbortSignal,
  timeoutMs = 5000,
): Promise<LengthJsonResult> {
  const address = `${peer.host}:${peer.port}`;
  const complete = (bytes: Buffer) =>
    bytes.length >= HEADER_BYTES && bytes.length - HEADER_BYTES >= bytes.readUInt32LE(0);
  const reply = await tcpExchange(peer, frame(message), { complete, maxBytes: MAX_BYTES, timeoutMs }, signal);
  if (reply.outcome === 'failed') return reply;
  const { bytes } = reply;
  if (bytes.length < HEADER_BYTES)
    return failed('garbage', `${address} closed the connection without an answer; check the port and the firmware`);
  const length = bytes.readUInt32LE(0);
  if (length > MAX_BYTES)
    return failed('garbage', `${address} announces ${length} bytes; it does not speak this API, check the port`);
  if (bytes.length < HEADER_BYTES + length)
    return failed('garbage', `${address} broke off in the middle of its reply; it will be asked again`);
  const parsed = parseBounded(bytes.toString('utf8', HEADER_BYTES, HEADER_BYTES + length));
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null)
    return failed('garbage', `${address} does not answer in JSON; check the port and the device type`);
  return { outcome: 'ok', value: parsed.value as Record<string, unknown> };
}
