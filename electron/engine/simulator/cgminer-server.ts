import { createServer, type AddressInfo } from 'node:net';
import { answerCgminer } from './cgminer-api.ts';
import type { Miner } from './miner.ts';

/** TMPBUFSIZ / 2 of cgminer: longer requests are not read. */
const MAX_REQUEST = 4095;
const IDLE_MS = 10_000;

export interface Service {
  port: number;
  close(): Promise<void>;
}

/** One request for each connection, answered and closed, as cgminer does. `beforeAnswer` brings the plant up to now. */
export function serveCgminer(miner: Miner, beforeAnswer: () => number, wantedPort = 0): Promise<Service> {
  const server = createServer((socket) => {
    let request = '';
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      request += chunk.toString('utf8');
      if (request.length > MAX_REQUEST) return socket.destroy();
      if (!complete(request)) return;
      socket.removeAllListeners('data');
      socket.end(answerCgminer(miner, request.replace(/\0/g, ''), beforeAnswer()));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** A text command is one line or one packet; JSON is complete when its braces close. */
function complete(request: string): boolean {
  const text = request.trim();
  if (text === '') return false;
  if (!text.startsWith('{')) return true;
  return text.endsWith('}') || text.endsWith('\0');
}
