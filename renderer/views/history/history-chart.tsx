import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Report, ReportRow } from '#shared/ledger.ts';
import { BarChart } from '../../charts/bar-chart.tsx';
import { FlowTable } from '../../charts/flow-table.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesOfSite, type SeriesId, type Side } from '../../charts/series.ts';
import { ViewSwitch } from '../../charts/view-switch.tsx';
import { directionOf } from '../../i18n/i18n.ts';
import { isolate } from '../../i18n/isolate.ts';
import { orUnknown } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useSpanTitle } from '../../periods/period-bar.tsx';
import type { Span } from '../../periods/period.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
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
  const rtl = directionOf(usePreferences().language) === 'rtl';
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
        <FlowTable rows={report.rows} sum={report.sum} series={series} label={label} caption={title(span)} />
      ) : report.resolution === 'slot' ? (
        <DayPlot span={span} report={report} before={before} series={series} summary={summary} />
      ) : (
        <div className="plot" dir="ltr">
          <BarChart
            rows={report.rows}
            before={before?.report.rows}
            series={series}
            label={label}
            rtl={rtl}
            summary={summary}
          />
        </div>
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

/** How a row of this period is named on the axis and in the table. */
function useRowLabel({ period, resolution }: Span): (row: ReportRow) => string {
  const formats = useFormats();
  return useCallback(
    ({ startMs }) => {
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
