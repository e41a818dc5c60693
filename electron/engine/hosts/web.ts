import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Role } from '#shared/contract/access.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Scrape } from '#engine/fleet-desk.ts';
import type { Session } from './access/sessions.ts';
import { refuse, send, sendJson, setSecurityHeaders } from './web-answer.ts';
import { pageFile } from './web-files.ts';
import type { Gate } from './web-gate.ts';
import { metricsFor } from './web-metrics.ts';
import { webSocketPort } from './web-port.ts';

const MAX_MESSAGE = 1024 * 1024;
const MAX_SOCKETS = 16;
const MAX_SOCKETS_OF_ONE = 6;
const MAX_CONNECTIONS = 128;
const REQUEST_MS = 10_000;
/** A socket that has not answered one ping when the next is due is closed. */
const PING_MS = 30_000;
/** WebSocket close code of a host that ends (RFC 6455 7.4.1); a page that does not take leave in this time is cut off. */
const GOING_AWAY = 1001;
const LEAVE_MS = 500;

/** For every server here: what a stranger may cost. */
export const LIMITS = {
  maxHeaderSize: 8 * 1024,
  requestTimeout: REQUEST_MS,
  headersTimeout: REQUEST_MS,
  connectionsCheckingInterval: REQUEST_MS,
};

export interface WebOptions {
  /** The built page. */
  rendererDir: string;
  connect(port: Port, role: Role): void;
  health(): object;
  /** Absent: there is no `/metrics`. */
  scrape(): Scrape | undefined;
  isOpen(sessionId: string): boolean;
  /** Wall clock, ms. */
  now(): number;
}

/** One way in: its gate, and what is answered there beside page, socket and health. */
export interface Door {
  gate: Gate;
  scheme: 'http' | 'https';
  /** @returns true when it has answered */
  receive(request: IncomingMessage, response: ServerResponse, url: URL, session?: Session): Promise<boolean>;
}

export interface Web {
  /** Closes the sockets of sessions that are over. */
  sweep(): void;
  close(): Promise<void>;
}

/** Serves page, one WebSocket Port and `GET /healthz` through a door, to whom has a session. */
export function serveWeb(server: Server, door: Door, options: WebOptions): Web {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();
  const sessions = new WeakMap<WebSocket, string>();
  server.maxConnections = MAX_CONNECTIONS;

  server.on('request', (request, response) => {
    answer(door, options, request, response).catch(() =>
      response.headersSent ? response.destroy() : refuse(response, 500, 'The dashboard failed; see the log.'),
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that goes away in the middle is no fault of ours.
    socket.on('error', () => {});
    const entry = admit(door.gate, request);
    if (typeof entry === 'string') return hangUp(socket, entry);
    const own = [...sockets.clients].filter((client) => sessions.get(client) === entry.id);
    if (sockets.clients.size >= MAX_SOCKETS || own.length >= MAX_SOCKETS_OF_ONE)
      return hangUp(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (client) => {
      alive.add(client);
      sessions.set(client, entry.id);
      client.on('pong', () => alive.add(client));
      options.connect(webSocketPort(client, options.now), entry.role);
    });
  });

  const sweep = () => {
    for (const client of sockets.clients) if (!options.isOpen(sessions.get(client) ?? '')) client.terminate();
  };
  const pinging = setInterval(() => {
    sweep();
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate();
      else client.ping();
    }
  }, PING_MS);
  pinging.unref();

  return {
    sweep,
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

/** @param host absent: every address of this computer @returns the port */
export function listen(server: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken by another program; choose another one, or 0 for any.`
            : `The dashboard cannot listen on ${host ?? 'this computer'}:${port}: ${error.message}`,
        ),
      ),
    );
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

async function answer(door: Door, options: WebOptions, request: IncomingMessage, response: ServerResponse) {
  const { method, headers } = request;
  const { gate, scheme } = door;
  setSecurityHeaders(response, scheme === 'https' ? 'wss' : 'ws', headers.host);
  if (!gate.isOurHost(headers)) return refuse(response, 421, 'Open the address that Spillway shows.');
  if (!gate.isOurOrigin(headers)) return refuse(response, 403, 'This page may not ask that.');
  const url = requestUrl(request);
  if (!url) return refuse(response, 400, 'This is not an address.');
  const session = gate.session(headers);
  if (url.pathname === '/metrics' && (method === 'GET' || method === 'HEAD')) {
    const metrics = await metricsFor(options.scrape(), headers, session);
    if (metrics) return send(response, 200, metrics.type, metrics.text);
  }
  if (await door.receive(request, response, url, session)) return;
  if (!session) return refuse(response, 401, 'Sign in first.');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered.');
  }
  if (url.pathname === '/healthz') return sendJson(response, 200, options.health());
  const file = await pageFile(options.rendererDir, url.pathname);
  if (!file)
    return refuse(response, 404, url.pathname === '/' ? 'The page is not built: run npm start.' : 'Not found.');
  send(response, 200, file.type, file.body, file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-cache');
}

/** @returns whose socket it is, or the status line of a refusal */
function admit(gate: Gate, request: IncomingMessage): Session | string {
  const { headers } = request;
  if (!gate.isOurHost(headers)) return '421 Misdirected Request';
  // Browsers always say where a socket comes from; what does not is no page of ours.
  if (headers.origin === undefined || !gate.isOurOrigin(headers)) return '403 Forbidden';
  const session = gate.session(headers);
  if (!session) return '401 Unauthorized';
  return requestUrl(request)?.pathname === '/port' ? session : '404 Not Found';
}

const hangUp = (socket: Duplex, status: string) =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

function requestUrl({ url }: IncomingMessage): URL | undefined {
  // "//host" would be taken for a host; only a path of ours is meant.
  return url?.startsWith('/') && !url.startsWith('//') && URL.canParse(url, 'http://127.0.0.1')
    ? new URL(url, 'http://127.0.0.1')
    : undefined;
}
