import { useEffect, useState } from 'react';
import type { Report } from '#shared/ledger.ts';
import { useEngine, useStream } from '../link/use-engine.ts';
import type { Span } from './period.ts';

export interface Asked {
  report?: Report;
  failure?: string;
}

/** A running period is asked for again so often, ms. */
const AGAIN_MS = 60_000;

/** A report of the ledger; the last one stays on the screen until the next has come. */
export function useReport(span: Span | undefined): Asked {
  const engine = useEngine();
  const [asked, setAsked] = useState<Asked>({});
  const nowMs = useStream('status')?.nowMs ?? 0;
  const { fromMs, toMs, resolution } = span ?? {};
  const running = toMs !== undefined && toMs > nowMs;
  useEffect(() => {
    if (!engine || fromMs === undefined || toMs === undefined || !resolution) return;
    let current = true;
    const ask = () =>
      engine.ledger.report({ fromMs, toMs, resolution }).then(
        (report) => current && setAsked({ report }),
        (cause: unknown) => current && setAsked({ failure: cause instanceof Error ? cause.message : String(cause) }),
      );
    void ask();
    const timer = running ? setInterval(() => void ask(), AGAIN_MS) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [engine, fromMs, toMs, resolution, running]);
  return asked;
}
