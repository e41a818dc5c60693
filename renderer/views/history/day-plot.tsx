import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '#shared/ledger.ts';
import { FlowValues, useFlowValue } from '../../charts/flow-values.tsx';
import { Plot } from '../../charts/plot.tsx';
import type { SeriesId } from '../../charts/series.ts';
import { rowAt, stackAreas } from '../../charts/stack.ts';
import { hourTicks } from '../../charts/ticks.ts';
import { directionOf } from '../../i18n/i18n.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import type { Span } from '../../periods/period.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { useMedia } from '../../ui/use-media.ts';

const SLOT_MS = 300_000;

interface Props {
  span: Span;
  report: Report;
  series: SeriesId[];
  summary: string;
}

/** One day as areas, slot by slot. */
export function DayPlot({ span: { fromMs, toMs }, report: { rows }, series, summary }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const value = useFlowValue();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const rtl = directionOf(usePreferences().language) === 'rtl';
  const narrow = useMedia('(max-width: 699px)');
  const bands = useMemo(() => stackAreas(rows, series), [rows, series]);
  const ticks = useMemo(() => hourTicks(fromMs, toMs, timeZone, narrow ? 6 : 3), [fromMs, toMs, timeZone, narrow]);
  const tickLabel = useCallback((atMs: number) => formats.time(atMs, atMs === toMs), [formats, toMs]);
  return (
    <Plot
      bands={bands}
      fromMs={fromMs}
      toMs={toMs}
      endMs={rows.at(-1)?.endMs ?? fromMs}
      stepMs={SLOT_MS}
      ticks={ticks}
      tickLabel={tickLabel}
      rtl={rtl}
      summary={summary}
      describe={(atMs) => {
        const row = rowAt(rows, atMs);
        const title = formats.time(atMs);
        const spoken = row
          ? series.map((each) => `${t(`series.${each}`)} ${value(row, each, 'power')}`).join(', ')
          : t('chart.noData');
        return { title, spoken: `${title}: ${spoken}`, body: <FlowValues row={row} series={series} as="power" /> };
      }}
    />
  );
}
