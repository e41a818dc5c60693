import { useCallback, useEffect, useState } from 'react';
import type { Client } from '#shared/rpc/contract.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import { useEngine } from './use-engine.ts';

export type Asked = Client<EngineContract>;

/**
 * What the engine answers to one question, asked when shown and after each `again`.
 * @param question must stay the same function while nothing it asks for changes
 */
export function useAnswer<T>(question: (engine: Asked) => Promise<T>): {
  answer: T | undefined;
  failed: boolean;
  again: () => void;
} {
  const engine = useEngine();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ answer?: T; failed: boolean }>({ failed: false });
  useEffect(() => {
    let current = true;
    if (engine)
      question(engine).then(
        (answer) => current && setState({ answer, failed: false }),
        () => current && setState({ failed: true }),
      );
    return () => {
      current = false;
    };
  }, [engine, question, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { answer: state.answer, failed: state.failed, again };
}
