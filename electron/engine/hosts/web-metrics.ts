import type { IncomingHttpHeaders } from 'node:http';
import type { Scrape } from '#engine/fleet-desk.ts';
import type { Session } from './access/sessions.ts';
import { isSameSecret } from './same-secret.ts';

/**
 * `GET /metrics` for a session, or for whoever shows the token of the site file. To everybody else it is a path like any
 * other: nothing tells whether it is there.
 */
export async function metricsFor(
  scrape: Scrape | undefined,
  { authorization }: IncomingHttpHeaders,
  session: Session | undefined,
) {
  if (!scrape) return undefined;
  const [, given] = /^Bearer (\S{1,512})$/i.exec(authorization ?? '') ?? [];
  const isToken = given !== undefined && scrape.token !== undefined && isSameSecret(scrape.token, given);
  return session || isToken ? scrape.read() : undefined;
}
