import { parseBounded } from './bounded-json.ts';
import { failed, networkFault, type Failed } from './fault.ts';

// Servers of the open web are trusted by their certificate authority; devices, in http.ts, by a pin.

export interface WebRequest {
  headers?: Record<string, string>;
  /** Sent as JSON by POST. */
  body?: unknown;
  timeoutMs?: number;
}

/** `retryMs`: how long the server asks to be left alone. */
export type WebResult<T> = { outcome: 'ok'; value: T } | (Failed & { retryMs?: number });

/** One request to a server of the web; every expected failure is a value. */
export interface Web {
  text(url: string, signal: AbortSignal, request?: WebRequest): Promise<WebResult<string>>;
  json(url: string, signal: AbortSignal, request?: WebRequest): Promise<WebResult<unknown>>;
}

const MAX_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

async function text(url: string, signal: AbortSignal, request: WebRequest = {}): Promise<WebResult<string>> {
  const { host, origin } = new URL(url);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)]);
  try {
    const response = await fetch(url, {
      ...(request.body === undefined ? {} : { method: 'POST', body: JSON.stringify(request.body) }),
      headers: {
        accept: 'application/json, text/csv, text/plain',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      redirect: 'manual',
      signal: limited,
    });
    const value = await bodyOf(response);
    if (value === undefined) return failed('garbage', `${host} answers more than 4 MiB; check the address`);
    return response.ok ? { outcome: 'ok', value } : refusal(host, response);
  } catch (error) {
    const cause = error instanceof TypeError && error.cause !== undefined ? error.cause : error;
    return networkFault(origin, limited.aborted ? limited.reason : cause);
  }
}

async function bodyOf(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusal(host: string, { status, headers }: Response): Failed & { retryMs?: number } {
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get('retry-after'));
    const busy = failed('busy', `${host} asks for fewer requests (${status}); it is asked again later`);
    return seconds > 0 ? { ...busy, retryMs: seconds * 1000 } : busy;
  }
  if (status === 401 || status === 403) {
    return failed('unauthorized', `${host} refuses access (${status}); check user name, password or token`);
  }
  if (status >= 300 && status < 400) {
    return failed(
      'refused',
      `${host} points to ${headers.get('location') ?? 'another address'}; enter that address instead`,
    );
  }
  if (status === 404) return failed('unsupported', `${host} does not know this address (404); check the base URL`);
  return failed('exception', `${host} answers with error ${status}; it is asked again later`);
}

async function json(url: string, signal: AbortSignal, request?: WebRequest): Promise<WebResult<unknown>> {
  const reply = await text(url, signal, request);
  if (reply.outcome === 'failed') return reply;
  const parsed = parseBounded(reply.value);
  if (parsed.ok) return { outcome: 'ok', value: parsed.value };
  const seen = /^\s*</.test(reply.value) ? 'a web page' : 'something else';
  return failed('garbage', `${new URL(url).host} answers ${seen} instead of JSON; check the base URL`);
}

export const web: Web = { text, json };
