import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** A peer on 127.0.0.1 that remembers what it was asked, byte for byte. */
export interface Peer {
  port: number;
  asked: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

export async function listen(server: net.Server, asked: string[]): Promise<Peer> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export type Reply = string | Buffer | object;
type Awaitable<T> = T | Promise<T>;
const bytesOf = (reply: Reply): Buffer =>
  Buffer.isBuffer(reply) ? reply : Buffer.from(typeof reply === 'string' ? reply : JSON.stringify(reply));

/** Answers one request for each connection and closes, as the CGMiner API does. */
export function cgminerPeer(answer: (request: string) => Awaitable<Reply | undefined>): Promise<Peer> {
  const asked: string[] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('data', (data) => {
      const request = data.toString('utf8');
      asked.push(request);
      void Promise.resolve(answer(request)).then((reply) =>
        socket.end(reply === undefined ? Buffer.alloc(0) : Buffer.concat([bytesOf(reply), Buffer.of(0)])),
      );
    });
  });
  return listen(server, asked);
}

/** `{"command":"x","parameter":"y"}` and `x|y` both as `x|y`. */
export function cgminerKey(request: string): string {
  if (!request.startsWith('{')) return request;
  const { command, cmd, parameter } = JSON.parse(request) as Record<string, string | undefined>;
  return [command ?? cmd ?? '', ...(parameter === undefined ? [] : [parameter])].join('|');
}

export const INVALID = {
  STATUS: [{ STATUS: 'E', When: 1, Code: 14, Msg: 'Invalid command', Description: 'cgminer' }],
  id: 1,
};
export const OK = { STATUS: [{ STATUS: 'S', When: 1, Code: 119, Msg: 'ok', Description: 'cgminer' }], id: 1 };

export interface HttpAsk {
  method: string;
  path: string;
  body: string;
  headers: http.IncomingHttpHeaders;
}
export type HttpAnswer = { status?: number; body?: Reply; headers?: Record<string, string> };

/** `asked` holds `METHOD /path body`. */
export function httpPeer(answer: (ask: HttpAsk) => Awaitable<HttpAnswer>): Promise<Peer> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const ask = {
        method: request.method ?? '',
        path: request.url ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
        headers: request.headers,
      };
      asked.push([ask.method, ask.path, ask.body].filter((part) => part !== '').join(' '));
      void Promise.resolve(answer(ask)).then(({ status = 200, body = '', headers = {} }) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytesOf(body)),
      );
    });
  });
  return listen(server, asked);
}

/** JSON behind a 4-byte little-endian length; `asked` holds the JSON texts. */
export function lengthJsonPeer(answer: (message: Record<string, unknown>) => object): Promise<Peer> {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      if (pending.length < 4 || pending.length < 4 + pending.readUInt32LE(0)) return;
      const text = pending.toString('utf8', 4, 4 + pending.readUInt32LE(0));
      asked.push(text);
      const body = bytesOf(answer(JSON.parse(text) as Record<string, unknown>));
      const header = Buffer.alloc(4);
      header.writeUInt32LE(body.length);
      socket.end(Buffer.concat([header, body]));
    });
  });
  return listen(server, asked);
}

/** Answers whatever bytes come; `asked` holds them in hexadecimal. */
export function bytesPeer(answer: (bytes: Buffer) => Buffer | undefined): Promise<Peer> {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    socket.on('data', (bytes) => {
      asked.push(bytes.toString('hex'));
      const reply = answer(bytes);
      if (reply) socket.write(reply);
    });
  });
  return listen(server, asked);
}

/** Speaks to nobody: says what it says, then does nothing. */
export function silentPeer(first: Reply = ''): Promise<Peer> {
  return listen(
    net.createServer((socket) => void socket.write(bytesOf(first))),
    [],
  );
}
