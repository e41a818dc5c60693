import { useMemo } from 'react';
import { useStream } from '../link/use-engine.ts';
import { periods, type Period, type View } from '#shared/views.ts';
import { addressOf, usePlace } from '../shell/place.ts';
import { spanOf, type Span } from './period.ts';

/** The period of this view, kept in its address. */
export function useSpan(fallback: Period): Span | undefined {
  const { params } = usePlace();
  const status = useStream('status');
  const period = periods.find((each) => each === params.get('period')) ?? fallback;
  const at = params.get('at');
  const { timeZone, nowMs } = status ?? {};
  const dayMs = nowMs === undefined ? undefined : Math.floor(nowMs / 3_600_000) * 3_600_000;
  return useMemo(
    () => (timeZone && dayMs !== undefined ? spanOf(period, at, dayMs, timeZone) : undefined),
    [period, at, dayMs, timeZone],
  );
}

export function goTo(view: View, { period, at }: { period: Period; at?: string }): void {
  window.location.hash = addressOf(view, { period, ...(at && { at }) });
}
