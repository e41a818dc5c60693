import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { LoadedCase } from './case.ts';
import { listen, type Served } from './served.ts';

/** Serves a case's recorded replies; a key with the most matching query parameters wins. */
export async function serveHttp(loaded: LoadedCase): Promise<Served> {
  const nonce = randomBytes(8).toString('hex');
  const replies = Object.entries(loaded.http ?? {}).map(([key, reply]) => {
    const [method = '', target = ''] = key.split(' ', 2);
    const url = new URL(target, 'http://case');
    return { method, path: url.pathname, query: [...url.searchParams], reply, bytes: loaded.file(reply.body) };
  });
  const server = http.createServer((request, response) => {
    request.resume();
    const url = new URL(request.url ?? '/', 'http://case');
    if (loaded.auth && !authorized(loaded.auth, request, nonce)) {
      const offer =
        loaded.auth.scheme === 'digest'
          ? `Digest realm="antMiner Configuration", nonce="${nonce}", qop="auth"`
          : 'Basic realm="device"';
      return void response.writeHead(401, { 'www-authenticate': offer }).end();
    }
    const match = replies
      .filter(
        (r) =>
          r.method === request.method &&
          r.path === url.pathname &&
          r.query.every(([k, v]) => url.searchParams.get(k) === v),
      )
      .toSorted((a, b) => b.query.length - a.query.length)[0];
    if (!match) return void response.writeHead(404).end();
    response
      .writeHead(match.reply.status, { 'content-type': match.reply.contentType ?? 'application/json' })
      .end(match.bytes);
  });
  return listen(server);
}

function authorized(auth: NonNullable<LoadedCase['auth']>, request: http.IncomingMessage, nonce: string): boolean {
  const header = request.headers.authorization ?? '';
  if (auth.scheme === 'basic')
    return header === `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)"?`).exec(header)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const realm = field('realm');
  const ha1 = md5(`${auth.user}:${realm}:${auth.password}`);
  const ha2 = md5(`${request.method}:${request.url}`);
  const expected = md5(`${ha1}:${nonce}:${field('nc')}:${field('cnonce')}:${field('qop')}:${ha2}`);
  return header.startsWith('Digest ') && field('username') === auth.user && field('response') === expected;
}
