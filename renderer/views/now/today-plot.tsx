import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { FlowValues, useFlowValue } from '../../charts/flow-values.tsx';
import { Plot } from '../../charts/plot.tsx';
import type { SeriesId } from '../../charts/series.ts';
import { meanPowerW, rowAt, stackAreas } from '../../charts/stack.ts';
import { hourTicks } from '../../charts/ticks.ts';
import { directionOf } from '../../i18n/i18n.ts';
import { isolate } from '../../i18n/isolate.ts';
import { orUnknown, UNKNOWN } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { Streams } from '../../link/link.ts';
import { useStream } from '../../link/use-engine.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { useMedia } from '../../ui/use-media.ts';
import { DecisionLane } from './decision-lane.tsx';

const SLOT_MS = 300_000;

interface Props {
  today: Streams['today'];
  series: SeriesId[];
}

export function TodayPlot({ today, series }: Props) {
  const formats = useFormats();
  const { t } = useTranslation();
  const value = useFlowValue();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const rtl = directionOf(usePreferences().language) === 'rtl';
  const narrow = useMedia('(max-width: 699px)');
  const { slots, dayStartMs, dayEndMs } = today;
  const bands = useMemo(() => stackAreas(slots, series), [slots, series]);
  const ticks = useMemo(
    () => hourTicks(dayStartMs, dayEndMs, timeZone, narrow ? 6 : 3),
    [dayStartMs, dayEndMs, timeZone, narrow],
  );
  const tickLabel = useCallback((atMs: number) => formats.time(atMs, atMs === dayEndMs), [formats, dayEndMs]);
  const summary = useSummary(today);
  return (
    <>
      <p className="visually-hidden">{summary}</p>
      <Plot
        bands={bands}
        fromMs={dayStartMs}
        toMs={dayEndMs}
        endMs={slots.at(-1)?.endMs ?? dayStartMs}
        stepMs={SLOT_MS}
        ticks={ticks}
        tickLabel={tickLabel}
        rtl={rtl}
        summary={summary}
        describe={(atMs) => {
          const row = rowAt(slots, atMs);
          const title = formats.time(atMs);
          const spoken = row
            ? series.map((each) => `${t(`series.${each}`)} ${value(row, each, 'power')}`).join(', ')
            : t('chart.noData');
          return { title, spoken: `${title}: ${spoken}`, body: <FlowValues row={row} series={series} as="power" /> };
        }}
        overlay={(toX, width) => <DecisionLane today={today} toX={toX} width={width} />}
      />
    </>
  );
}

function useSummary({ slots, sum }: Streams['today']): string {
  const { t } = useTranslation();
  const formats = useFormats();
  if (slots.length === 0) return t('chart.noData');
  const peak = slots
    .flatMap((row) =>
      row.flows.production === undefined ? [] : { row, powerW: meanPowerW(row.flows.production, row) },
    )
    .reduce<{ row: ReportRow; powerW: number } | undefined>(
      (best, each) => (best && best.powerW >= each.powerW ? best : each),
      undefined,
    );
  return t('today.summary', {
    t: isolate(formats.time(sum.endMs)),
    produced: isolate(orUnknown(sum.flows.production, formats.energy)),
    avoided: isolate(formats.energy(sum.origin.avoidedCurtailment)),
    peak: isolate(orUnknown(peak?.powerW, formats.power)),
    peakTime: isolate(peak ? formats.time(peak.row.startMs) : UNKNOWN),
  });
}
