import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import type { SeriesId } from '../../charts/series.ts';
import { SlotPlot } from '../../charts/slot-plot.tsx';
import { meanPowerW, type Point } from '../../charts/stack.ts';
import { useMarks } from '../../decisions/use-marks.ts';
import { useWhyThen } from '../../decisions/use-why-then.tsx';
import { isolate } from '../../i18n/isolate.ts';
import { orUnknown, UNKNOWN } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { Streams } from '../../link/link.ts';
import { DecisionLane } from './decision-lane.tsx';

interface Props {
  today: Streams['today'];
  series: SeriesId[];
  outlook: Point[] | undefined;
}

export function TodayPlot({ today, series, outlook }: Props) {
  const { slots, dayStartMs, dayEndMs } = today;
  const marks = useMarks(dayStartMs, dayEndMs, today);
  const whyThen = useWhyThen(marks);
  const summary = useSummary(today);
  return (
    <>
      <p className="visually-hidden">{summary}</p>
      <SlotPlot
        fromMs={dayStartMs}
        toMs={dayEndMs}
        rows={slots}
        series={series}
        summary={summary}
        outlook={outlook}
        note={whyThen}
        strip={false}
        overlay={(toX, width, shown) => <DecisionLane marks={marks} shown={shown} toX={toX} width={width} />}
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
