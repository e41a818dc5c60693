import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { pagePolicy } from '#shared/page.ts';
import type { Port } from '#shared/rpc/contract.ts';
import { pageFile } from './web-files.ts';
import { type Gate, openGate } from './web-gate.ts';
import { webSocketPort } from './web-port.ts';

const HOST = '127.0.0.1';
const MAX_MESSAGE = 1024 * 1024;
const MAX_HEADER = 8 * 1024;
const MAX_SOCKETS = 16;
const REQUEST_MS = 10_000;
/** A socket that has not answered one ping when the next is due is closed. */
const PING_MS = 30_000;
/** WebSocket close code of a host that ends (RFC 6455 7.4.1); a page that does not take leave in this time is cut off. */
const GOING_AWAY = 1001;
const LEAVE_MS = 500;

export interface WebOptions {
  /** The built page. */
  rendererDir: string;
  /** 0: any free one. */
  port: number;
  version: string;
  connect(port: Port): void;
  health(): object;
  /** A fresh secret in URL-safe letters. */
  random(): string;
}

export interface Web {
  port: number;
  /** Opens the dashboard once. */
  url: string;
  close(): Promise<void>;
}

/** The dashboard for a browser on this computer: the page, one WebSocket Port, and `GET /healthz`. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const server = createServer({ maxHeaderSize: MAX_HEADER, requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS });
  const port = await listen(server, options.port);
  const token = options.random();
  const gate = openGate(port, token, options.random);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  server.on('request', (request, response) => {
    answer(options, gate, request, response).catch(() => refuse(response, 500, 'The dashboard failed; see the log.'));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const no = upgradeRefusal(gate, request, sockets.clients.size);
    if (no) return socket.end(`HTTP/1.1 ${no}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (client) => {
      alive.add(client);
      client.on('pong', () => alive.add(client));
      options.connect(webSocketPort(client));
    });
  });
  const pinging = setInterval(() => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate();
      else client.ping();
    }
  }, PING_MS);
  pinging.unref();

  return {
    port,
    url: `http://${HOST}:${port}/?token=${token}`,
    close: () =>
      new Promise((done) => {
        clearInterval(pinging);
        for (const client of sockets.clients) client.close(GOING_AWAY);
        const cut = setTimeout(() => {
          for (const client of sockets.clients) client.terminate();
        }, LEAVE_MS);
        server.close(() => {
          clearTimeout(cut);
          done();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program; choose one with --port, or 0 for any.`)
          : new Error(`The dashboard cannot listen on ${HOST}:${port}: ${error.message}`),
      ),
    );
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

async function answer(options: WebOptions, gate: Gate, request: IncomingMessage, response: ServerResponse) {
  const { method, headers } = request;
  for (const [name, value] of Object.entries(securityHeaders(headers.host ?? ''))) response.setHeader(name, value);
  response.setHeader('server', `Spillway/${options.version}`);
  if (!gate.isOurHost(headers)) return refuse(response, 421, 'Open the address that Spillway printed.');
  if (!gate.isOurOrigin(headers)) return refuse(response, 403, 'This page may not ask that.');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered.');
  }
  const url = requestUrl(request);
  if (!url) return refuse(response, 400, 'This is not an address.');
  if (url.pathname === '/healthz')
    return send(response, 200, 'application/json; charset=utf-8', JSON.stringify(options.health()));

  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  const cookie = token === null ? undefined : gate.redeem(token);
  if (cookie) {
    response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' });
    return response.end();
  }
  if (!gate.hasSession(headers))
    return refuse(
      response,
      401,
      token === null
        ? 'Open the address with the token that Spillway printed when it started.'
        : 'This token is wrong or was used already. Restart Spillway for a new one.',
    );
  const file = await pageFile(options.rendererDir, url.pathname);
  if (!file)
    return refuse(response, 404, url.pathname === '/' ? 'The page is not built: run npm start.' : 'Not found.');
  send(response, 200, file.type, file.body, file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-cache');
}

function upgradeRefusal(gate: Gate, request: IncomingMessage, open: number): string | undefined {
  const { headers } = request;
  if (!gate.isOurHost(headers)) return '421 Misdirected Request';
  // Browsers always say where a socket comes from; what does not is no page of ours.
  if (headers.origin === undefined || !gate.isOurOrigin(headers)) return '403 Forbidden';
  if (requestUrl(request)?.pathname !== '/port') return '404 Not Found';
  if (!gate.hasSession(headers)) return '401 Unauthorized';
  return open >= MAX_SOCKETS ? '503 Service Unavailable' : undefined;
}

function requestUrl({ url }: IncomingMessage): URL | undefined {
  // "//host" would be taken for a host; only a path of ours is meant.
  return url?.startsWith('/') && !url.startsWith('//') && URL.canParse(url, `http://${HOST}`)
    ? new URL(url, `http://${HOST}`)
    : undefined;
}

const securityHeaders = (host: string): Record<string, string> => ({
  // Older browsers do not count a WebSocket as 'self'.
  'content-security-policy': pagePolicy(/^[\w.]+:\d+$/.test(host) ? `'self' ws://${host}` : undefined),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
});

function send(response: ServerResponse, status: number, type: string, body: string | Buffer, cache = 'no-store') {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': cache,
  });
  // Node leaves the body out for HEAD.
  response.end(body);
}

const refuse = (response: ServerResponse, status: number, message: string) =>
  send(response, status, 'text/plain; charset=utf-8', `${message}\n`);
