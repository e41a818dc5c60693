import { useEffect, useState } from 'react';
import type { DecisionMark } from '#shared/ledger.ts';
import { useEngine } from '../link/use-engine.ts';

/** Far enough back to know what held when a day began, ms. */
const BEFORE_MS = 86_400_000;

/**
 * The decisions of a span, ascending, and those of the day before it, for what held at its start.
 * @param version asks again when it changes
 */
export function useMarks(fromMs: number, toMs: number, version?: unknown): DecisionMark[] {
  const engine = useEngine();
  const [marks, setMarks] = useState<DecisionMark[]>([]);
  useEffect(() => {
    let current = true;
    engine?.control.marks({ fromMs: fromMs - BEFORE_MS, toMs }).then(
      (found) => current && setMarks(found.toSorted((a, b) => a.atMs - b.atMs)),
      // What is shown stays; the banner tells of a lost engine.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine, fromMs, toMs, version]);
  return marks;
}
