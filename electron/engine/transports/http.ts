import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import PQueue from 'p-queue';
import type { Connection } from '#shared/device.ts';
import { parseBounded } from './bounded-json.ts';
import { deadline } from './deadline.ts';
import { failed, networkFault, type Failed } from './fault.ts';
import { authorize, readChallenge, type Challenge, type HttpAuth } from './http-auth.ts';
import type { PinBook } from './pins.ts';
import { shared } from './shared.ts';

export type { HttpAuth } from './http-auth.ts';
export type HttpConnection = Extract<Connection, { transport: 'http' }>;

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a string. */
  body?: unknown;
  /** Real time, not site time: networks do not follow --speed. */
  timeoutMs?: number;
}

export interface HttpReply<T> {
  outcome: 'ok';
  status: number;
  headers: http.IncomingHttpHeaders;
  value: T;
}
export type HttpResult<T> = HttpReply<T> | (Failed & { status?: number });

/** One device spoken to over HTTP(S). Expected failures are values; every other failure of a reply is one too. */
export interface HttpClient {
  readonly address: string;
  json(path: string, signal: AbortSignal, request?: HttpRequest): Promise<HttpResult<unknown>>;
  text(path: string, signal: AbortSignal, request?: HttpRequest): Promise<HttpResult<string>>;
  /** SHA-256 of the certificate seen at first contact, to be kept as the pin. */
  fingerprint(): string | undefined;
  close(): Promise<void>;
}

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5000;

const agents = shared(
  () => ({ queue: new PQueue({ concurrency: 1 }), agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) }),
  ({ agent }) => agent.destroy(),
);

/** Hands a socket over only after its certificate was compared with the pin, so that no secret reaches a stranger. */
class PinnedAgent extends https.Agent {
  pin: string | undefined;
  onFirst: ((pin: string) => void) | undefined;
  override createConnection(
    options: tls.ConnectionOptions,
    done?: (error: Error | null, socket: tls.TLSSocket) => void,
  ): undefined {
    const socket = tls.connect({ ...options, rejectUnauthorized: false });
    socket.once('error', (error) => done?.(error, socket));
    socket.once('secureConnect', () => {
      socket.removeAllListeners('error');
      const seen = socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase();
      if (this.pin === undefined) this.onFirst?.(seen);
      this.pin ??= seen;
      if (seen === this.pin) return done?.(null, socket);
      socket.destroy();
      done?.(new StrangerError(seen), socket);
    });
    return undefined;
  }
}
class StrangerError extends Error {}

/** @param pins keeps the certificate of first contact; the fingerprint in the connection is above it */
export function httpClient(connection: HttpConnection, auth?: HttpAuth, pins?: PinBook): HttpClient {
  const address = `${connection.host}:${connection.port}`;
  const lane = agents.acquire(address);
  const pinned = connection.tls ? new PinnedAgent({ keepAlive: true, maxSockets: 1 }) : undefined;
  if (pinned) {
    pinned.pin = connection.fingerprint?.replaceAll(':', '').toLowerCase() ?? pins?.pinOf(address);
    pinned.onFirst = (pin) => pins?.firstSeen(address, pin);
  }
  let challenge: Challenge | undefined;

  const send = (path: string, signal: AbortSignal, request: HttpRequest): Promise<HttpResult<string>> =>
    new Promise((settle) => {
      const limit = deadline(signal, request.timeoutMs ?? TIMEOUT_MS);
      const resolve = (result: HttpResult<string>) => {
        limit.clear();
        settle(result);
      };
      const method = request.method ?? 'GET';
      const body =
        request.body === undefined
          ? undefined
          : typeof request.body === 'string'
            ? request.body
            : JSON.stringify(request.body);
      const headers: Record<string, string> = { accept: 'application/json, */*', ...request.headers };
      if (body !== undefined) {
        headers['content-length'] = String(Buffer.byteLength(body));
        headers['content-type'] ??= 'application/json';
      }
      if (auth?.kind === 'bearer') headers['authorization'] = `Bearer ${auth.token}`;
      if (auth?.kind === 'header') headers[auth.name] = auth.value;
      if (auth?.kind === 'password' && challenge) headers['authorization'] = authorize(auth, challenge, method, path);
      const options = {
        host: connection.host,
        port: connection.port,
        path,
        method,
        headers,
        signal: limit.signal,
      };
      const outgoing = pinned
        ? https.request({ ...options, agent: pinned })
        : http.request({ ...options, agent: lane.value.agent });
      const fail = (error: unknown) => resolve(faultOf(address, error, options.signal));
      const cut = failed('garbage', `${address}${path} broke off in the middle of its reply; it will be asked again`);
      outgoing.once('error', fail);
      outgoing.once('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= MAX_BYTES) return void chunks.push(chunk);
          resolve(failed('garbage', `${address}${path} answers more than 1 MiB; check that this is the right device`));
          outgoing.destroy();
        });
        response.once('error', (error) => (options.signal.aborted ? fail(error) : resolve(cut)));
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          if (!response.complete)
            return resolve(failed('garbage', `${address}${path} broke off in the middle of its reply`));
          resolve({ outcome: 'ok', status, headers: response.headers, value: Buffer.concat(chunks).toString('utf8') });
        });
      });
      outgoing.end(body);
    });

  const text = (path: string, signal: AbortSignal, request: HttpRequest = {}): Promise<HttpResult<string>> =>
    lane.value.queue.add(async () => {
      if (signal.aborted) return failed('timeout', `${address}: the request was cancelled`);
      if (!isRequestPath(path))
        return failed(
          'unsupported',
          `${address}: “${path}” is no usable path; it must begin with / and have no spaces`,
        );
      const first = await send(path, signal, request);
      if (first.outcome === 'failed' || first.status !== 401 || auth?.kind !== 'password')
        return refuse(address, path, first);
      challenge = readChallenge([first.headers['www-authenticate'] ?? []].flat());
      return challenge ? refuse(address, path, await send(path, signal, request)) : refuse(address, path, first);
    });

  return {
    address,
    text,
    async json(path, signal, request) {
      const reply = await text(path, signal, request);
      if (reply.outcome === 'failed') return reply;
      const parsed = parseBounded(reply.value);
      if (parsed.ok) return { ...reply, value: parsed.value };
      const seen = /^\s*<|<html/i.test(reply.value) ? 'a web page' : 'something else';
      return {
        ...failed(
          'garbage',
          `${address}${path} answers ${seen} instead of JSON; check the device type and its firmware`,
        ),
        status: reply.status,
      };
    },
    fingerprint: () => pinned?.pin,
    async close() {
      pinned?.destroy();
      await lane.release();
    },
  };
}

const isRequestPath = (path: string) => /^\/[\x21-\x7e]*$/.test(path);

function refuse(address: string, path: string, reply: HttpResult<string>): HttpResult<string> {
  if (reply.outcome === 'failed' || (reply.status >= 200 && reply.status < 300)) return reply;
  const { status } = reply;
  const say = (fault: Failed) => ({ ...fault, status });
  if (status >= 300 && status < 400)
    return say(
      failed(
        'refused',
        `${address}${path} points to ${String(reply.headers.location ?? 'another address')}; enter that address instead`,
      ),
    );
  if (status === 401 || status === 403)
    return say(failed('unauthorized', `${address} refuses access (${status}); check user name, password or token`));
  if (status === 404 || status === 405 || status === 501)
    return say(
      failed('unsupported', `${address} does not know ${path} (${status}); check the device type and its firmware`),
    );
  if (status === 429 || status === 503)
    return say(failed('busy', `${address} is too busy to answer (${status}); it will be asked again later`));
  return say(failed('exception', `${address}${path} answers with error ${status}; its own web page may say why`));
}

function faultOf(address: string, error: unknown, signal: AbortSignal): Failed {
  if (error instanceof StrangerError)
    return failed(
      'changed-identity',
      `${address} shows another certificate than at first contact; if it was replaced or reset, write "fingerprint": "${error.message}" into its connection`,
    );
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HPE_')) return failed('garbage', `${address} does not speak HTTP on this port; check the port`);
  return networkFault(address, signal.aborted ? signal.reason : error);
}
