import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Report, Resolution } from '#shared/ledger.ts';
import { dayOf } from '#shared/time.ts';
import { BarPlot } from '../../charts/bar-plot.tsx';
import { FlowTable } from '../../charts/flow-table.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesOfSite, type SeriesId, type Side } from '../../charts/series.ts';
import { ViewSwitch } from '../../charts/view-switch.tsx';
import { isolate } from '../../i18n/isolate.ts';
import { orUnknown } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useSpanTitle } from '../../periods/period-bar.tsx';
import { cellsOf } from '../../periods/cells.ts';
import type { Span } from '../../periods/period.ts';
import { useMarks } from '../../decisions/use-marks.ts';
import { useWhyThen } from '../../decisions/use-why-then.tsx';
import { SlotPlot } from '../../charts/slot-plot.tsx';

const sides = ['went', 'came'] as const satisfies Side[];

interface Props {
  span: Span;
  report: Report;
  /** The period it is compared with. */
  before?: { span: Span; report: Report } | undefined;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
}

export function HistoryChart({ span, report, before, asTable, onTable }: Props) {
  const { t } = useTranslation();
  const status = useStream('status');
  const title = useSpanTitle();
  const label = useRowLabel(span);
  const summary = useSummary(report);
  const [side, setSide] = useState<Side>('went');
  const series = useMemo(() => (status ? seriesOfSite(side, status) : []), [side, status]);
  return (
    <figure className="card history-chart">
      <header>
        <ToggleButtonGroup
          className="choices"
          aria-label={t('today.side')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[side]}
          onSelectionChange={(keys) => setSide(keys.has('came') ? 'came' : 'went')}
        >
          {sides.map((each) => (
            <ToggleButton key={each} id={each}>
              {t(`today.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <Legend series={series} outline={before && title(before.span)} />
        <ViewSwitch asTable={asTable} onChange={onTable} />
      </header>
      <figcaption className="visually-hidden">{summary}</figcaption>
      {asTable ? (
        <FlowTable
          rows={report.rows}
          sum={report.sum}
          series={series}
          label={(row) => label(row.startMs)}
          caption={title(span)}
        />
      ) : report.resolution === 'slot' ? (
        <DayPlot span={span} report={report} before={before} series={series} summary={summary} />
      ) : (
        <PeriodPlot span={span} report={report} before={before} series={series} label={label} summary={summary} />
      )}
    </figure>
  );
}

interface DayProps extends Pick<Props, 'span' | 'report' | 'before'> {
  series: SeriesId[];
  summary: string;
}

function DayPlot({ span: { fromMs, toMs }, report, before, series, summary }: DayProps) {
  const whyThen = useWhyThen(useMarks(fromMs, toMs, report));
  const other = useMemo(() => before && { fromMs: before.span.fromMs, rows: before.report.rows }, [before]);
  return (
    <SlotPlot
      fromMs={fromMs}
      toMs={toMs}
      rows={report.rows}
      series={series}
      summary={summary}
      before={other}
      note={whyThen}
    />
  );
}

/** Cells of a larger step of the cursor: a day of hours, a week of days, a quarter of months. */
const LEAPS = { slot: 12, hour: 24, day: 7, month: 3 } as const satisfies Record<Resolution, number>;

interface PeriodProps extends DayProps {
  label: (atMs: number) => string;
}

function PeriodPlot({ span, report, before, series, label, summary }: PeriodProps) {
  const formats = useFormats();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const { fromMs, toMs, resolution } = span;
  const hourly = resolution === 'hour';
  // Longer periods hold more decisions than a cursor can tell.
  const marks = useMarks(hourly ? fromMs : toMs, toMs, report);
  const whyThen = useWhyThen(marks);
  const cells = useMemo(() => cellsOf(span, report.rows, timeZone), [span, report, timeZone]);
  const other = useMemo(
    () => before && { cells: cellsOf(before.span, before.report.rows, timeZone), rows: before.report.rows },
    [before, timeZone],
  );
  if (cells.length === 0) return null;
  return (
    <BarPlot
      cells={cells}
      rows={report.rows}
      before={other}
      series={series}
      summary={summary}
      leap={LEAPS[resolution]}
      label={label}
      tickLabel={({ cellMs, ofDay }) => (ofDay ? formats.date(cellMs, 'short') : label(cellMs))}
      startsDay={hourly ? ({ startMs }) => dayOf(startMs, timeZone).startMs === startMs : undefined}
      note={hourly ? whyThen : undefined}
    />
  );
}

/** How a row of this period is named on the axis and in the table. */
function useRowLabel({ period, resolution }: Span): (startMs: number) => string {
  const formats = useFormats();
  return useCallback(
    (startMs) => {
      if (resolution === 'slot') return formats.time(startMs);
      if (resolution === 'hour') return `${formats.date(startMs, 'short')} ${formats.time(startMs)}`;
      if (resolution === 'day') return formats.date(startMs, 'short');
      return formats.date(startMs, period === 'all' ? 'month' : 'month-name');
    },
    [formats, period, resolution],
  );
}

function useSummary({ sum }: Report): string {
  const { t } = useTranslation();
  const formats = useFormats();
  return t('history.summary', {
    produced: isolate(orUnknown(sum.flows.production, formats.energy)),
    mined: isolate(orUnknown(sum.flows.draw, formats.energy)),
    avoided: isolate(formats.energy(sum.origin.avoidedCurtailment)),
  });
}
