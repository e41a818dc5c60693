import type { PricedSlot } from './columns.ts';

/** `refused`: trying again does not help before somebody changes something; the message says what. */
export interface ExportFailure {
  outcome: 'failed';
  refused: boolean;
  message: string;
}

/** Where slots are copied to. The same slot sent twice is there once. */
export interface ExportTarget {
  /** @param signal ends the attempt, and later whatever the session is doing */
  open(signal: AbortSignal): Promise<{ outcome: 'open'; session: ExportSession } | ExportFailure>;
}

export interface ExportSession {
  /** All of them are there, or none. */
  send(slots: readonly PricedSlot[]): Promise<{ outcome: 'ok' } | ExportFailure>;
  close(): Promise<void>;
}
