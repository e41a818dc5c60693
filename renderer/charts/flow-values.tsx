import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { UNKNOWN } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { Num } from '../ui/num.tsx';
import { Swatch } from './pattern-defs.tsx';
import { flowOf, type SeriesId } from './series.ts';
import { meanPowerW } from './stack.ts';

interface Props {
  row: ReportRow | undefined;
  series: readonly SeriesId[];
  as: 'power' | 'energy';
}

/** The values of one row, in the order in which they lie on the screen: the top first. */
export function FlowValues({ row, series, as }: Props) {
  const { t } = useTranslation();
  const say = useFlowValue();
  if (!row) return <p className="muted">{t('chart.noData')}</p>;
  return (
    <dl>
      {series.toReversed().map((each) => (
        <div key={each}>
          <Swatch series={each} />
          <dt>{t(`series.${each}`)}</dt>
          <dd>
            <Num>{say(row, each, as)}</Num>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One flow of a row as text. */
export function useFlowValue(): (row: ReportRow, series: SeriesId, as: 'power' | 'energy') => string {
  const formats = useFormats();
  return (row, series, as) => {
    const mwh = flowOf(row.flows, series);
    if (mwh === undefined) return UNKNOWN;
    return as === 'power' ? formats.power(meanPowerW(mwh, row)) : formats.energy(mwh);
  };
}
