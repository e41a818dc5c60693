import type { z } from 'zod';
import type { PoolState } from '#shared/pool.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import type { Web, WebRequest, WebResult } from '#engine/transports/web.ts';

export interface PoolPorts {
  web: Web;
  user: string;
  /** Token or password; absent where the owner gave none. */
  token: string | undefined;
  baseUrl: string | undefined;
  nowMs: number;
  signal: AbortSignal;
  /** Waits that long between two requests, for the pools that ask for it. */
  pause(ms: number): Promise<void>;
}

export type PoolResult = { outcome: 'ok'; state: PoolState } | (Failed & { retryMs?: number });
export type AskPool = (ports: PoolPorts) => Promise<PoolResult>;

/** A reply in the shape the pool documents, or a failure that names the pool. */
export async function askFor<T>(
  { web, signal }: PoolPorts,
  url: string,
  schema: z.ZodType<T>,
  request: WebRequest = {},
): Promise<WebResult<T>> {
  const reply = await web.json(url, signal, request);
  if (reply.outcome === 'failed') return reply;
  const parsed = schema.safeParse(reply.value);
  if (parsed.success) return { outcome: 'ok', value: parsed.data };
  const where = parsed.error.issues[0]?.path.join('.') || 'its reply';
  return failed('garbage', `${new URL(url).host} answers in an unknown way (${where}); check user name and token`);
}

export const needsToken = (pool: string): Failed =>
  failed('unauthorized', `${pool} needs an API token; make one in its account settings and enter it here`);

/** Pools write bitcoin as text with eight decimals. */
export const satsOfBitcoin = (bitcoin: string | number): number => Math.round(Number(bitcoin) * 1e8);
