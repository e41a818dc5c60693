import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { EngineContract } from '#shared/contract/engine.ts';
import { PAGE_TYPES, pagePolicy } from '#shared/page.ts';
import type { Port } from '#shared/rpc/contract.ts';
import { serve } from '#shared/rpc/server.ts';
import type { Fixture } from './fixture-engine.ts';

function portOf(socket: WebSocket): Port {
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage(listener) {
      const receive = (data: Buffer) => listener(JSON.parse(data.toString()));
      socket.on('message', receive);
      return () => socket.off('message', receive);
    },
    onClose(listener) {
      socket.on('close', listener);
      return () => socket.off('close', listener);
    },
    close: () => socket.close(),
  };
}

/** Answers `/port` of an HTTP server with the fixture; in the scene 'lost' it hangs up. */
export function attachFixture(server: Server, fixture: Fixture) {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/port') return;
    if (fixture.scene() === 'lost') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => {
      serve(EngineContract, fixture.handlers, portOf(client), (member, cause) => console.error(member, cause));
    });
  });
  return { drop: () => sockets.clients.forEach((client) => client.terminate()) };
}

/** Serves a built renderer and the fixture on loopback. */
export async function serveFixture(folder: string, fixture: Fixture) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (body) =>
        response
          .writeHead(200, {
            'content-type': PAGE_TYPES[extname(path)] ?? PAGE_TYPES['.html'],
            'content-security-policy': pagePolicy("'self' ws:"),
          })
          .end(body),
      () => response.writeHead(404).end(),
    );
  });
  const { drop } = attachFixture(server, fixture);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    drop,
    close: () => {
      drop();
      server.closeAllConnections();
      server.close();
    },
  };
}
