import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Client } from 'pg';
import type { SlotExport } from '#shared/fleet.ts';
import { loadRows, slotRows } from './columns.ts';
import { CLAIM, CREATE, SCHEMA_VERSION, SEND } from './statements.ts';
import type { ExportFailure, ExportSession, ExportTarget } from './target.ts';

export interface PostgresPorts {
  server: SlotExport;
  password(): string | undefined;
  site(): { id: string; name: string; timeZone: string; currency: string };
  /** UUID of the ledger that the slots are from. */
  ledgerId(): string;
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/** PostgreSQL, with or without TimescaleDB. Session state is not used, so a pooler may stand before it. */
export function postgresTarget(ports: PostgresPorts): ExportTarget {
  const { server } = ports;
  const place = server.host.startsWith('/') ? server.host : `${server.host}:${server.port}`;
  const failure = (message: string, refused: boolean): ExportFailure => ({
    outcome: 'failed',
    refused,
    message: `PostgreSQL at ${place}: ${message}`,
  });

  async function connected(signal: AbortSignal): Promise<Client> {
    // Loaded when the export is on: most sites never do.
    const pg = await import('pg');
    const socket = new Socket();
    const cut = () => void socket.destroy();
    signal.addEventListener('abort', cut);
    socket.once('close', () => signal.removeEventListener('abort', cut));
    const client = new pg.default.Client({
      host: server.host,
      port: server.port,
      database: server.database,
      user: server.user,
      // As a function, so that neither the environment nor ~/.pgpass has a say.
      password: () => ports.password() ?? '',
      ssl: await tlsOf(server),
      application_name: 'spillway',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      stream: () => socket,
    });
    // A server that goes away while nothing is asked: the next query says so.
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  async function prepare(client: Client): Promise<void> {
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('spillway.version') IS NOT NULL AS there`,
    );
    if (!rows[0]?.there) await client.query(CREATE);
    const { rows: versions } = await client.query<{ number: number }>('SELECT number FROM spillway.version');
    const number = versions[0]?.number;
    if (number !== SCHEMA_VERSION)
      throw new Refusal(
        `its tables are of version ${number}, this Spillway knows ${SCHEMA_VERSION}; use the newer one.`,
      );
  }

  async function claim(client: Client): Promise<string> {
    const { id, name, timeZone, currency } = ports.site();
    const { rows } = await client.query<{ epoch: string }>(CLAIM, [id, ports.ledgerId(), name, timeZone, currency]);
    if (rows[0]) return rows[0].epoch;
    throw new Refusal(
      `the site "${id}" there is of another ledger. Give this site an id of its own, or hand "${id}" over with: ` +
        `UPDATE spillway.site SET ledger = NULL WHERE id = '${id}'`,
    );
  }

  function sessionOn(client: Client, epoch: string): ExportSession {
    const { id } = ports.site();
    return {
      async send(slots) {
        const rows = [JSON.stringify(slotRows(slots)), JSON.stringify(loadRows(slots))];
        try {
          const { rowCount } = await client.query(SEND, [id, epoch, ...rows]);
          return rowCount === 1 ? { outcome: 'ok' } : failure(`another program writes the site "${id}" there.`, false);
        } catch (cause) {
          return told(cause);
        }
      },
      close: () => ended(client),
    };
  }

  const told = (cause: unknown) =>
    cause instanceof Refusal ? failure(cause.message, true) : failure(adviceOf(cause), isRefused(cause));

  return {
    async open(signal) {
      let client: Client | undefined;
      try {
        client = await connected(signal);
        await prepare(client);
        return { outcome: 'open', session: sessionOn(client, await claim(client)) };
      } catch (cause) {
        if (client) await ended(client);
        return told(cause);
      }
    },
  };
}

class Refusal extends Error {}

const ended = (client: Client): Promise<void> => client.end().catch(() => undefined);

async function tlsOf({ host, tls, ca }: SlotExport) {
  if (tls === 'off') return false;
  return {
    rejectUnauthorized: true,
    servername: host,
    ...(ca === undefined ? {} : { ca: await readFile(ca, 'utf8') }),
  };
}

/** Classes 28 (who asks), 3D (no such database), and a missing right (PostgreSQL manual, appendix A). */
const isRefused = (cause: unknown): boolean => /^(28...|3D000|42501)$/.test(codeOf(cause));

const codeOf = (cause: unknown): string => (cause as { code?: string }).code ?? '';

function adviceOf(cause: unknown): string {
  const { message } = cause as Error;
  const code = codeOf(cause);
  // Of an attempt at several addresses Node tells the code alone.
  if (message === '') return `${code}.`;
  if (code === '42501') return `${message}; give the user the right, or make the tables as an administrator once.`;
  return `${message}.`;
}
