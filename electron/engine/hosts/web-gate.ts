import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from './access/sessions.ts';

/** Who may come in. Pure: it knows headers and sessions, no sockets. */
export interface Gate {
  /** This computer's own names; a name of the internet that was rebound to its address is none of them. */
  isOurHost(headers: IncomingHttpHeaders): boolean;
  /** True where no Origin is sent, or ours. */
  isOurOrigin(headers: IncomingHttpHeaders): boolean;
  session(headers: IncomingHttpHeaders): Session | undefined;
  /** Header that gives the token of a session to a browser, out of reach of the page's scripts. */
  cookie(token: string): string;
  /** Header that takes it back. */
  noCookie(): string;
}

export interface GateOptions {
  scheme: 'http' | 'https';
  port: number;
  /** As a browser writes them, without the port; asked each time, because addresses change. */
  names(): readonly string[];
  find(token: string): Session | undefined;
}

/** A browser forgets the cookie after so long; the session may end before, s. */
const COOKIE_S = 180 * 24 * 3600;

export function openGate({ scheme, port, names, find }: GateOptions): Gate {
  const isDefaultPort = port === (scheme === 'https' ? 443 : 80);
  // Cookies do not tell ports apart; the name does. `__Host-`: only ever set by this very host over TLS.
  const cookieName = scheme === 'https' ? `__Host-spillway-${port}` : `spillway-${port}`;
  const attributes = `HttpOnly; SameSite=Strict; Path=/${scheme === 'https' ? '; Secure' : ''}`;

  const isOurHost = ({ host }: IncomingHttpHeaders) => {
    const given = host?.toLowerCase();
    return given !== undefined && names().some((name) => given === (isDefaultPort ? name : `${name}:${port}`));
  };
  return {
    isOurHost,
    isOurOrigin: ({ origin, host }) =>
      origin === undefined || origin.toLowerCase() === `${scheme}://${host?.toLowerCase()}`,
    session({ cookie }) {
      const token = cookieOf(cookie, cookieName);
      return token === undefined ? undefined : find(token);
    },
    cookie: (token) => `${cookieName}=${token}; ${attributes}; Max-Age=${COOKIE_S}`,
    noCookie: () => `${cookieName}=; ${attributes}; Max-Age=0`,
  };
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
