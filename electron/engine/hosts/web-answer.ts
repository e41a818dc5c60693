import type { IncomingMessage, ServerResponse } from 'node:http';
import { pagePolicy } from '#shared/page.ts';

/** What every answer says, whatever it is. */
export function setSecurityHeaders(response: ServerResponse, socketScheme: 'ws' | 'wss', host = '') {
  const headers: Record<string, string> = {
    // Older browsers do not count a WebSocket as 'self'.
    'content-security-policy': pagePolicy(
      /^(\[[\da-f:]+\]|[\w.-]+)(:\d+)?$/i.test(host) ? `'self' ${socketScheme}://${host}` : undefined,
    ),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  cache = 'no-store',
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': cache,
  });
  // Node leaves the body out for HEAD.
  response.end(body);
}

export const refuse = (response: ServerResponse, status: number, message: string): void =>
  send(response, status, 'text/plain; charset=utf-8', `${message}\n`);

export const sendJson = (response: ServerResponse, status: number, value: object): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));

/** @returns the whole body; undefined: it is longer than `maxBytes` */
export async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
