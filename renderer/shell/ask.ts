import { useSyncExternalStore } from 'react';
import { Fault, type Client } from '#shared/rpc/contract.ts';
import type { Done } from '#shared/contract/done.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import { useProblemText } from '../i18n/use-problem-text.ts';
import { useEngine } from '../link/use-engine.ts';

let failure: string | undefined;
const listeners = new Set<() => void>();

/** What was wrong, each with its field, as one line. */
export const inWords = (problems: readonly { field: string; message: string }[]): string =>
  problems.map(({ field, message }) => `${field}: ${message}`).join('; ');

export function tellFailure(message: string | undefined): void {
  failure = message;
  for (const listener of listeners) listener();
}

/** The last request that did not work; shown until dismissed or until the next one works. */
export const useFailure = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => failure,
  );

/** Asks the engine for something; a refusal or a fault is shown. @returns true when it was done */
export function useAsk(): (request: (engine: Client<EngineContract>) => Promise<Done>) => Promise<boolean> {
  const engine = useEngine();
  const problemText = useProblemText();
  return async (request) => {
    try {
      if (!engine) throw new Fault('closed', 'The connection to the engine was lost.');
      const done = await request(engine);
      const refused = done.outcome === 'refused';
      tellFailure(refused ? done.problems.map(problemText).join(' ') : undefined);
      return !refused;
    } catch (cause) {
      tellFailure(cause instanceof Error ? cause.message : String(cause));
      return false;
    }
  };
}
