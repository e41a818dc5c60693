import type { EngineEvent } from '#shared/contract/engine.ts';
import type { Site } from '#shared/site.ts';
import { runExport } from '#engine/fleet/export-loop.ts';
import { postgresTarget } from '#engine/fleet/postgres.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';

export interface ExportPorts {
  site(): Site;
  ledger: Pick<Ledger, 'exportQueue'>;
  clock: Clock;
  log: Log;
  secret(name: string): string | undefined;
  tell(event: EngineEvent): void;
  random(): number;
}

export interface SlotExporter {
  state(): { waiting: number; failing: boolean; confirmedMs: number | undefined };
  stop(): Promise<void>;
}

/** A server may be away for a night without a word; the slots wait, ms. */
const TELL_AFTER_MS = 12 * 3_600_000;

/** Copies the slots of the ledger to the owner's PostgreSQL, where the site file names one. */
export function startExport(ports: ExportPorts): SlotExporter | undefined {
  const { clock, log } = ports;
  const queue = ports.ledger.exportQueue;
  const server = ports.site().fleet?.export;
  if (!server) {
    try {
      queue.end();
    } catch (cause) {
      // A full disk keeps no engine from starting; the next start ends it.
      log.warn({ err: cause }, 'the queue of slots to export was not emptied');
    }
    return undefined;
  }
  const target = `${server.host}:${server.port}/${server.database}`;
  let confirmedMs: number | undefined;
  let failingSinceMs: number | undefined;
  let told: string | undefined;
  const ending = new AbortController();

  const running = runExport(
    {
      queue: {
        next() {
          queue.begin(target);
          return queue.next();
        },
        confirm: queue.confirm,
      },
      target: postgresTarget({
        server,
        password: () => (server.secret === undefined ? undefined : ports.secret(server.secret)),
        site: ports.site,
        ledgerId: queue.ledgerId,
      }),
      clock,
      random: ports.random,
      onConfirmed() {
        confirmedMs = clock.now();
        failingSinceMs = undefined;
        if (told === undefined) return;
        told = undefined;
        ports.tell({ atMs: confirmedMs, id: 'export-again', level: 'info', message: 'The export of slots goes on.' });
      },
      onFailed({ message, refused }) {
        const atMs = clock.now();
        failingSinceMs ??= atMs;
        log.warn({ message }, 'the export of slots failed; it is tried again');
        const isNews = refused ? told !== message : told === undefined && atMs - failingSinceMs >= TELL_AFTER_MS;
        if (!isNews) return;
        told = message;
        ports.tell({ atMs, id: 'export', level: 'warn', message: `The slots are not exported. ${message}` });
      },
    },
    ending.signal,
  );

  return {
    state: () => ({ waiting: queue.waiting(), failing: failingSinceMs !== undefined, confirmedMs }),
    stop() {
      ending.abort();
      return running;
    },
  };
}
