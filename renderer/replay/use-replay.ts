import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { ReplayChange, Run } from '#shared/contract/planner.ts';
import { useProblemText } from '../i18n/use-problem-text.ts';
import { useEngine } from '../link/use-engine.ts';

export interface Replayed {
  run: Run | undefined;
  /** Why it was not begun. */
  refused: string | undefined;
  start: (fromMs: number, toMs: number, change: z.input<typeof ReplayChange>) => Promise<void>;
}

/** Recorded days, worked through by the engine with changed settings; the one begun here is followed. */
export function useReplay(): Replayed {
  const engine = useEngine();
  const problemText = useProblemText();
  const [runs, setRuns] = useState<Run[]>([]);
  const [begun, setBegun] = useState<{ runId?: string; refused?: string }>({});
  const followed = begun.runId !== undefined;
  useEffect(() => (followed && engine ? engine.planner.runs.subscribe(setRuns) : undefined), [engine, followed]);
  return {
    run: runs.find(({ id }) => id === begun.runId),
    refused: begun.refused,
    async start(fromMs, toMs, change) {
      if (!engine) return;
      try {
        const started = await engine.planner.startReplay({ fromMs, toMs, change });
        setBegun(
          started.outcome === 'ok'
            ? { runId: started.runId }
            : { refused: started.problems.map(problemText).join(' ') },
        );
      } catch (cause) {
        setBegun({ refused: cause instanceof Error ? cause.message : String(cause) });
      }
    },
  };
}
