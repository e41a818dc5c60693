import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may come in. Pure: it knows headers and two secrets, no sockets. */
export interface Gate {
  /** The page's own names; a name of the internet that was rebound to 127.0.0.1 is none of them. */
  isOurHost(headers: IncomingHttpHeaders): boolean;
  /** True where no Origin is sent, or ours. */
  isOurOrigin(headers: IncomingHttpHeaders): boolean;
  hasSession(headers: IncomingHttpHeaders): boolean;
  /** Takes the token once; the cookie to set, or undefined where it is wrong or used up. */
  redeem(token: string): string | undefined;
}

/** @param random gives a fresh secret of at least 128 bits in URL-safe letters */
export function openGate(port: number, token: string, random: () => string): Gate {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Cookies do not tell ports apart; the name does.
  const name = `spillway-${port}`;
  const sessions = new Set<string>();
  let unused = true;

  const isOurHost = ({ host }: IncomingHttpHeaders) => host !== undefined && hosts.includes(host.toLowerCase());
  return {
    isOurHost,
    isOurOrigin: ({ origin, host }) => origin === undefined || origin.toLowerCase() === `http://${host?.toLowerCase()}`,
    hasSession: ({ cookie }) => {
      const given = cookieOf(cookie, name);
      return given !== undefined && [...sessions].some((session) => isSame(session, given));
    },
    redeem(given) {
      if (!unused || !isSame(token, given)) return undefined;
      unused = false;
      const session = random();
      sessions.add(session);
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
  };
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** In a time that does not tell how much of it was right. */
function isSame(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
