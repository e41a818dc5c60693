import { useCallback, useMemo } from 'react';
import type { Report } from '#shared/ledger.ts';
import type { Point } from '../../charts/stack.ts';
import type { Streams } from '../../link/link.ts';
import { useAnswer, type Asked } from '../../link/use-answer.ts';
import { useStream } from '../../link/use-engine.ts';
import { usualRest } from './usual.ts';

const WEEK_MS = 7 * 86_400_000;

/** The usual production of the rest of the day, from the week before it; absent until it is known. */
export function useUsual(today: Streams['today'] | undefined): Point[] | undefined {
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const dayStartMs = today?.dayStartMs;
  const askWeek = useCallback(
    async (engine: Asked): Promise<Report | undefined> =>
      dayStartMs === undefined
        ? undefined
        : engine.ledger.report({ fromMs: dayStartMs - WEEK_MS, toMs: dayStartMs, resolution: 'slot' }),
    [dayStartMs],
  );
  const { answer: week } = useAnswer(askWeek);
  const fromMs = today?.slots.at(-1)?.endMs;
  const toMs = today?.dayEndMs;
  return useMemo(() => {
    if (!week || dayStartMs === undefined || fromMs === undefined || toMs === undefined) return undefined;
    const points = usualRest(week.rows, { fromMs, toMs, dayStartMs }, timeZone);
    return points.some(({ y }) => y !== null) ? points : undefined;
  }, [week, fromMs, toMs, dayStartMs, timeZone]);
}
