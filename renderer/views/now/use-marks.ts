import { useEffect, useState } from 'react';
import type { DecisionMark } from '#shared/ledger.ts';
import type { Streams } from '../../link/link.ts';
import { useEngine } from '../../link/use-engine.ts';

/** The day's decisions, asked for again with each redraw of the day. */
export function useMarks(today: Streams['today']): DecisionMark[] {
  const engine = useEngine();
  const { dayStartMs, dayEndMs } = today;
  const [marks, setMarks] = useState<DecisionMark[]>([]);
  useEffect(() => {
    let current = true;
    engine?.control.marks({ fromMs: dayStartMs, toMs: dayEndMs }).then(
      (found) => current && setMarks(found.toSorted((a, b) => a.atMs - b.atMs)),
      // The lane keeps what it has; the banner tells of a lost engine.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine, dayStartMs, dayEndMs, today]);
  return marks;
}
