import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAxeos, createAxeSettings } from './axeos-api.ts';
import type { Service } from './cgminer-server.ts';
import type { Miner } from './miner.ts';

const MAX_BODY = 16_384;

/** A small miner's web server; like the device it refuses pages of the internet by their Origin. */
export function serveAxeos(miner: Miner, hostname: string, beforeAnswer: () => void, wantedPort = 0): Promise<Service> {
  const settings = createAxeSettings(miner, hostname);
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = new URL(request.url ?? '/', 'http://device').pathname;
      beforeAnswer();
      const answer =
        body === undefined
          ? { status: 413, body: { error: 'too long' } }
          : isForeign(request.headers.origin)
            ? { status: 401, body: { error: 'unauthorized' } }
            : answerAxeos(miner, settings, request.method ?? 'GET', path, body);
      response.writeHead(answer.status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(answer.body));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      resolve({ port, close });
    });
  });
}

function isForeign(origin: string | undefined): boolean {
  return (
    origin !== undefined && !/^http:\/\/(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+(:\d+)?$/.test(origin)
  );
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_BODY) return undefined;
  }
  return body;
}
