import type { EngineProcess } from '#shared/contract/shell.ts';

/**
 * What the host of this page says of itself. In a browser: it took its leave, or it is there again but this page's
 * session ended with its last run. In the shell: the engine's process as its supervisor sees it.
 */
export type HostWord = { state: 'ended' } | { state: 'signed-out' } | EngineProcess;

let word: HostWord | undefined;
const listeners = new Set<() => void>();

export function tellHostWord(next: HostWord | undefined): void {
  word = next;
  for (const listener of listeners) listener();
}

export function onHostWord(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Absent: the host said nothing. */
export const hostWord = () => word;
