import { createServer } from 'node:http';
import type { Sessions } from './access/sessions.ts';
import { isSameSecret } from './same-secret.ts';
import { LIMITS, listen, serveWeb, type Web, type WebOptions } from './web.ts';
import { refuse, sendJson } from './web-answer.ts';
import { openGate } from './web-gate.ts';

const HOST = '127.0.0.1';

export interface LoopbackOptions extends Omit<WebOptions, 'isOpen'> {
  /** 0: any free one. */
  port: number;
  version: string;
  sessions: Sessions;
  /** A fresh secret in URL-safe letters. */
  random(): string;
}

/** The dashboard for a browser on this computer, opened with a token that the terminal shows and that works once. */
export async function startLoopback(options: LoopbackOptions): Promise<Web & { port: number; url: string }> {
  const { sessions } = options;
  const server = createServer(LIMITS);
  const port = await listen(server, options.port, HOST);
  const gate = openGate({
    scheme: 'http',
    port,
    names: () => [HOST, 'localhost'],
    find(token) {
      const session = sessions.find(token);
      return session?.role === 'local' ? session : undefined;
    },
  });
  let token: string | undefined = options.random();
  const url = `http://${HOST}:${port}/?token=${token}`;

  const web = serveWeb(
    server,
    {
      gate,
      scheme: 'http',
      async receive({ method }, response, { pathname, searchParams }, session) {
        response.setHeader('server', `Spillway/${options.version}`);
        if (pathname === '/healthz' && (method === 'GET' || method === 'HEAD')) {
          sendJson(response, 200, options.health());
          return true;
        }
        const given = pathname === '/' && method === 'GET' ? searchParams.get('token') : null;
        if (given !== null && token !== undefined && isSameSecret(token, given)) {
          token = undefined;
          const cookie = gate.cookie(sessions.open('local', 'terminal'));
          response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' });
          response.end();
          return true;
        }
        if (session) return false;
        refuse(
          response,
          401,
          given === null
            ? 'Open the address with the token that Spillway printed when it started.'
            : 'This token is wrong or was used already. Restart Spillway for a new one.',
        );
        return true;
      },
    },
    { ...options, isOpen: sessions.isOpen },
  );
  return { ...web, port, url };
}
