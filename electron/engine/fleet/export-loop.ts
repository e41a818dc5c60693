import type { Clock } from '#engine/system/clock.ts';
import type { PricedSlot } from './columns.ts';
import type { ExportFailure, ExportSession, ExportTarget } from './target.ts';

interface Queue<B extends { slots: readonly PricedSlot[] }> {
  next(): B | undefined;
  confirm(batch: B): void;
}

export interface ExportPorts<B extends { slots: readonly PricedSlot[] }> {
  queue: Queue<B>;
  target: ExportTarget;
  clock: Clock;
  /** 0 ≤ n < 1 */
  random(): number;
  onConfirmed(slots: number): void;
  onFailed(failure: ExportFailure): void;
}

/** All sites close their slots at the same moment; each comes at another. */
const IDLE_MS = { least: 15_000, spread: 60_000 };
const BACK_OFF_MS = { first: 1000, most: 300_000 };

/** @param failures in a row, 1 and more @param random 0 ≤ n < 1 @returns half to all of 1, 2, 4 … 300 s, in ms */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** Math.min(failures - 1, 30)) * (0.5 + random / 2);

/**
 * Sends what waits, a batch after the other; a batch leaves the queue when the target has confirmed it. Where nothing waits
 * there is no connection. Resolves when the signal ends it.
 */
export async function runExport<B extends { slots: readonly PricedSlot[] }>(
  ports: ExportPorts<B>,
  signal: AbortSignal,
): Promise<void> {
  const { queue, target, clock } = ports;
  let session: ExportSession | undefined;
  let failures = 0;
  const close = async () => {
    const open = session;
    session = undefined;
    await open?.close();
  };

  async function sendNext(): Promise<'sent' | 'empty' | ExportFailure> {
    const batch = queue.next();
    if (!batch) return 'empty';
    if (batch.slots.length > 0) {
      if (!session) {
        const opened = await target.open(signal);
        if (opened.outcome === 'failed') return opened;
        ({ session } = opened);
      }
      const sent = await session.send(batch.slots);
      if (sent.outcome === 'failed') return sent;
    }
    queue.confirm(batch);
    ports.onConfirmed(batch.slots.length);
    return 'sent';
  }

  while (!signal.aborted) {
    const done = await sendNext().catch((cause: unknown): ExportFailure => {
      // The ledger's own database is busy or full.
      return { outcome: 'failed', refused: false, message: cause instanceof Error ? cause.message : String(cause) };
    });
    if (done === 'sent') {
      failures = 0;
      continue;
    }
    await close();
    let waitMs = IDLE_MS.least + ports.random() * IDLE_MS.spread;
    if (done !== 'empty') {
      failures += 1;
      ports.onFailed(done);
      waitMs = backOffMs(failures, ports.random());
    }
    await clock.sleep(waitMs, signal).catch(() => undefined);
  }
  await close();
}
