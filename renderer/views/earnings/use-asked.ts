import { useCallback, useEffect, useState } from 'react';
import type { Imported } from '#shared/contract/books.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { Client } from '#shared/rpc/contract.ts';
import { useEngine } from '../../link/use-engine.ts';
import { tellFailure } from '../../shell/ask.ts';

export type Engine = Client<EngineContract>;
const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What the engine answers to a question, asked once and again on `again`. @param ask the same function while the question is */
export function useAsked<T>(ask: (engine: Engine) => Promise<T>): {
  value: T | undefined;
  failure: string | undefined;
  again: () => void;
} {
  const engine = useEngine();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ value?: T; failure?: string }>({});
  useEffect(() => {
    let current = true;
    if (engine)
      ask(engine).then(
        (value) => current && setState({ value }),
        (cause: unknown) => current && setState({ failure: reasonOf(cause) }),
      );
    return () => {
      current = false;
    };
  }, [engine, ask, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { value: state.value, failure: state.failure, again };
}

export interface Told {
  done?: { added: number; skipped: number };
  problem?: string;
}

/** Does something to the books; `told` is what came of it last. */
export function useTake(after: () => void): {
  told: Told | undefined;
  take: (request: (engine: Engine) => Promise<Imported>) => Promise<boolean>;
} {
  const engine = useEngine();
  const [told, setTold] = useState<Told>();
  async function take(request: (engine: Engine) => Promise<Imported>): Promise<boolean> {
    try {
      if (!engine) return false;
      const outcome = await request(engine);
      setTold(outcome.outcome === 'ok' ? { done: outcome } : { problem: outcome.message });
      tellFailure(undefined);
      after();
      return outcome.outcome === 'ok';
    } catch (cause) {
      setTold({ problem: reasonOf(cause) });
      return false;
    }
  }
  return { told, take };
}
