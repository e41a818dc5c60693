import { useCallback, useMemo, type ComponentProps } from 'react';
import type { ReportRow } from '#shared/ledger.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useRtl } from '../i18n/use-rtl.ts';
import { useStream } from '../link/use-engine.ts';
import { useMedia } from '../ui/use-media.ts';
import { AreaChart } from './area-chart.tsx';
import { slotCells } from './cells.ts';
import { AREA_ROOM } from './room.ts';
import type { SeriesId } from './series.ts';
import { outlineOf, stackAreas, type Point } from './stack.ts';
import { timeTicks } from './ticks.ts';
import { useDescribe, type PlotNote } from './use-describe.tsx';
import { ZoomPlot } from './zoom-plot.tsx';
import { tickMinutes, type Stretch } from './zoom.ts';

/** Slots of an hour. */
const LEAP = 12;

interface Props extends Stretch {
  rows: readonly ReportRow[];
  series: SeriesId[];
  summary: string;
  /** The day it is compared with. */
  before?: { fromMs: number; rows: readonly ReportRow[] } | undefined;
  /** What is usual where nothing is read yet. */
  outlook?: Point[] | undefined;
  note: PlotNote;
  overlay?: ComponentProps<typeof ZoomPlot>['overlay'];
  strip?: boolean;
}

/** One day as areas, slot by slot. */
export function SlotPlot({ fromMs, toMs, rows, series, summary, before, outlook, note, ...rest }: Props) {
  const formats = useFormats();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const rtl = useRtl();
  const narrow = useMedia('(max-width: 699px)');
  const cells = useMemo(() => slotCells(fromMs, toMs), [fromMs, toMs]);
  const bands = useMemo(() => stackAreas(rows, series), [rows, series]);
  const outline = useMemo(
    () => before && outlineOf(before.rows, series, fromMs - before.fromMs),
    [before, series, fromMs],
  );
  const tickLabel = useCallback((atMs: number) => formats.time(atMs, atMs === toMs), [formats, toMs]);
  const describe = useDescribe({ rows, series, as: 'power', title: tickLabel, note });
  const chart = (shown: Stretch) => (
    <AreaChart
      {...shown}
      bands={bands}
      outline={outline}
      outlook={outlook}
      ticks={timeTicks(shown.fromMs, shown.toMs, timeZone, tickMinutes(shown, narrow ? 5 : 9))}
      tickLabel={tickLabel}
      rtl={rtl}
      summary={summary}
    />
  );
  return (
    <ZoomPlot
      {...rest}
      cells={cells}
      chart={chart}
      room={AREA_ROOM}
      rtl={rtl}
      summary={summary}
      leap={LEAP}
      endMs={rows.at(-1)?.endMs ?? fromMs}
      describe={describe}
      tell={tickLabel}
    />
  );
}
