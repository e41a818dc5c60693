import net from 'node:net';
import { deadline } from './deadline.ts';
import { failed, networkFault, type Failed } from './fault.ts';

export interface TcpPeer {
  host: string;
  port: number;
}

export interface ExchangeLimits {
  /** Real time, not site time: networks do not follow --speed. */
  timeoutMs?: number;
  maxBytes?: number;
  /** True once the bytes so far are a whole reply; absent: the peer closes after its reply. */
  complete?(bytes: Buffer): boolean;
}

export type ExchangeResult = { outcome: 'ok'; bytes: Buffer; closed: boolean } | Failed;

const TIMEOUT_MS = 5000;
const MAX_BYTES = 1024 * 1024;

/** Opens a connection, sends one request, collects one reply, closes. */
export function tcpExchange(
  peer: TcpPeer,
  request: string | Buffer,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<ExchangeResult> {
  const address = `${peer.host}:${peer.port}`;
  if (signal.aborted) return Promise.resolve(networkFault(address, signal.reason));
  return new Promise((resolve) => {
    const limit = deadline(signal, limits.timeoutMs ?? TIMEOUT_MS);
    const chunks: Buffer[] = [];
    let length = 0;
    const socket = net.connect({ host: peer.host, port: peer.port, noDelay: true });
    const settle = (result: ExchangeResult) => {
      limit.signal.removeEventListener('abort', expire);
      limit.clear();
      socket.destroy();
      resolve(result);
    };
    const expire = () => settle(networkFault(address, limit.signal.reason));
    limit.signal.addEventListener('abort', expire, { once: true });
    socket.once('connect', () => socket.write(request));
    socket.once('error', (error) =>
      // Avalon and old cgminer forks reset the connection after a reply that is already here.
      settle(length > 0 ? { outcome: 'ok', bytes: Buffer.concat(chunks), closed: true } : networkFault(address, error)),
    );
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > (limits.maxBytes ?? MAX_BYTES))
        return settle(
          failed(
            'garbage',
            `${address} answers more than ${limits.maxBytes ?? MAX_BYTES} bytes; check that this is the right device`,
          ),
        );
      const bytes = Buffer.concat(chunks);
      if (limits.complete?.(bytes)) settle({ outcome: 'ok', bytes, closed: false });
    });
    socket.once('end', () => settle({ outcome: 'ok', bytes: Buffer.concat(chunks), closed: true }));
    socket.once('close', () => settle({ outcome: 'ok', bytes: Buffer.concat(chunks), closed: true }));
  });
}
