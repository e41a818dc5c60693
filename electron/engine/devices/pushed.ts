import type { PlantReading } from '#shared/reading.ts';
import { failed, type Failed } from '../transports/fault.ts';
import type { ReadResult } from './adapter.ts';

/** The newest of what a device sends by itself; readers may wait for the first. */
export interface Mailbox<T> {
  put(value: T, atMs: number): void;
  latest(): { value: T; atMs: number } | undefined;
  first(signal: AbortSignal): Promise<{ value: T; atMs: number } | undefined>;
}

export function mailbox<T>(): Mailbox<T> {
  let held: { value: T; atMs: number } | undefined;
  const waiting = new Set<() => void>();
  return {
    put(value, atMs) {
      held = { value, atMs };
      for (const wake of waiting) wake();
    },
    latest: () => held,
    first: (signal) =>
      new Promise((resolve) => {
        if (held || signal.aborted) return resolve(held);
        const wake = () => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve(held);
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      }),
  };
}

/** DSMR 4 meters speak every 10 s. */
const FIRST_MS = 12_000;

/** Answers with the newest reading; before the first, waits for it a little. */
export async function readPushed(
  feed: { address: string; ensure(signal: AbortSignal): Promise<Failed | undefined> },
  box: Mailbox<{ reading: PlantReading; raw: unknown }>,
  silent: string,
  signal: AbortSignal,
): Promise<ReadResult<PlantReading>> {
  const fault = await feed.ensure(signal);
  if (fault) return fault;
  const held = box.latest() ?? (await box.first(AbortSignal.any([signal, AbortSignal.timeout(FIRST_MS)])));
  if (!held) return failed('timeout', `${feed.address}: ${silent}`);
  return { outcome: 'ok', atMs: held.atMs, reading: held.value.reading, raw: held.value.raw };
}
