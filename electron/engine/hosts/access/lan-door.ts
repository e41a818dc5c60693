import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { RemoteRole } from '#shared/contract/access.ts';
import { bodyOf, refuse, send, sendJson } from '../web-answer.ts';
import { pageFile } from '../web-files.ts';
import type { Gate } from '../web-gate.ts';
import type { Door } from '../web.ts';
import { loginFiles } from './login-files.ts';
import type { LoginLimit } from './login-limit.ts';
import type { Pairing } from './pairing.ts';
import type { Sessions } from './sessions.ts';

const MAX_BODY = 4096;

const Login = z.union([
  z.strictObject({ password: z.string().min(1).max(200) }),
  z.strictObject({ pairing: z.string().min(1).max(100) }),
]);

export interface LanDoorOptions {
  gate: Gate;
  rendererDir: string;
  sessions: Sessions;
  pairing: Pairing;
  limit: LoginLimit;
  isPassword(given: string): Promise<boolean>;
  now(): number;
}

/** The way in from the local network: a stranger is shown the login page and what it needs, and nothing else. */
export function lanDoor(options: LanDoorOptions): Door {
  const { gate, sessions, pairing, limit } = options;
  // One at a time: each costs 32 MiB and half a second.
  let checking = false;

  function letIn(request: IncomingMessage, response: ServerResponse, role: RemoteRole) {
    const token = sessions.open(role, deviceName(request.headers['user-agent']));
    response.setHeader('set-cookie', gate.cookie(token));
    sendJson(response, 200, { outcome: 'ok' });
  }

  const wait = (response: ServerResponse, waitMs: number) => {
    const seconds = Math.ceil(waitMs / 1000);
    response.setHeader('retry-after', String(seconds));
    sendJson(response, 429, { outcome: 'wait', seconds });
  };

  async function login(request: IncomingMessage, response: ServerResponse) {
    // Only a page of ours sends JSON with an Origin of ours: a foreign one would have to ask first, and gets no answer.
    if (request.headers.origin === undefined || request.headers['content-type'] !== 'application/json')
      return refuse(response, 403, 'This page may not ask that.');
    const body = await bodyOf(request, MAX_BODY);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return refuse(response, 413, 'That is too long.');
    }
    const asked = Login.safeParse(parse(body));
    if (!asked.success) return refuse(response, 400, 'Send a password or a pairing.');
    if ('pairing' in asked.data) {
      const role = pairing.redeem(asked.data.pairing);
      return role ? letIn(request, response, role) : sendJson(response, 401, { outcome: 'void' });
    }
    if (checking) return wait(response, 1000);
    checking = true;
    try {
      const address = request.socket.remoteAddress ?? '';
      const waitMs = limit.take(address, options.now());
      if (waitMs > 0) return wait(response, waitMs);
      if (!(await options.isPassword(asked.data.password))) return sendJson(response, 401, { outcome: 'wrong' });
      limit.succeeded(address);
      return letIn(request, response, 'owner');
    } finally {
      checking = false;
    }
  }

  return {
    gate,
    scheme: 'https',
    async receive(request, response, { pathname }, session) {
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (pathname === '/login' && request.method === 'POST') {
        await login(request, response);
        return true;
      }
      if (pathname === '/logout' && request.method === 'POST' && session && request.headers.origin !== undefined) {
        sessions.end(({ id }) => id === session.id);
        response.setHeader('set-cookie', gate.noCookie());
        sendJson(response, 200, { outcome: 'ok' });
        return true;
      }
      if (!reads) return false;
      // A page that asks whether it is still signed in (HEAD) is told so.
      if (pathname === '/' && request.method === 'GET' && !session) {
        response.writeHead(303, { location: '/login', 'cache-control': 'no-store' });
        response.end();
        return true;
      }
      const path = pathname === '/login' ? '/login.html' : pathname;
      if (!(await loginFiles(options.rendererDir)).has(path)) return false;
      const file = await pageFile(options.rendererDir, path);
      if (!file) return false;
      send(response, 200, file.type, file.body);
      return true;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const SYSTEMS = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux'];
const BROWSERS: readonly [mark: string, name: string][] = [
  ['Firefox/', 'Firefox'],
  ['Edg/', 'Edge'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];

/** Words of our own, picked by what a browser says of itself: nothing that it says is shown. */
function deviceName(agent = ''): string {
  const system = SYSTEMS.find((name) => agent.includes(name));
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1];
  return [browser, system].filter((part) => part !== undefined).join(', ') || '–';
}
