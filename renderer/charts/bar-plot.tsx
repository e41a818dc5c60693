import { useMemo } from 'react';
import type { ReportRow } from '#shared/ledger.ts';
import type { Span } from '#shared/time.ts';
import { useRtl } from '../i18n/use-rtl.ts';
import { useMedia } from '../ui/use-media.ts';
import { BarChart } from './bar-chart.tsx';
import { barTicks, type BarTick } from './bars.ts';
import type { Cells } from './cells.ts';
import { BAR_ROOM } from './room.ts';
import type { SeriesId } from './series.ts';
import { useDescribe, type PlotNote } from './use-describe.tsx';
import { ZoomPlot } from './zoom-plot.tsx';

interface Props {
  /** Hours, days or months of the period. */
  cells: Cells;
  rows: readonly ReportRow[];
  series: readonly SeriesId[];
  summary: string;
  /** The period it is compared with, cell by cell. */
  before?: { cells: Cells; rows: readonly ReportRow[] } | undefined;
  /** Cells of a larger step of the cursor. */
  leap: number;
  /** The name of the cell that begins at an instant. */
  label: (atMs: number) => string;
  tickLabel: (tick: BarTick) => string;
  /** For hours: whether a cell is the first of its day. */
  startsDay?: ((cell: Span) => boolean) | undefined;
  note?: PlotNote | undefined;
}

/** Energies of hours, days or months, stacked; the other period beside them. */
export function BarPlot({ before, leap, tickLabel, startsDay, note, ...plot }: Props) {
  const { cells, rows, series, summary, label } = plot;
  const rtl = useRtl();
  const narrow = useMedia('(max-width: 699px)');
  const describe = useDescribe({ rows, series, as: 'energy', title: label, note });
  const all = useMemo(() => ({ cells, rows, series, before }), [cells, rows, series, before]);
  return (
    <ZoomPlot
      cells={cells}
      chart={(shown) => (
        <BarChart
          {...shown}
          {...all}
          ticks={barTicks(cells, shown, narrow ? 4 : 10, startsDay)}
          tickLabel={tickLabel}
          rtl={rtl}
          summary={summary}
        />
      )}
      room={BAR_ROOM}
      rtl={rtl}
      summary={summary}
      leap={leap}
      endMs={rows.at(-1)?.endMs ?? cells[0]!.startMs}
      describe={describe}
      tell={label}
    />
  );
}
