import { useTranslation } from 'react-i18next';
import { Swatch } from './pattern-defs.tsx';
import type { SeriesId } from './series.ts';

interface Props {
  series: readonly SeriesId[];
  /** What the outline is. */
  outline?: string | undefined;
}

export function Legend({ series, outline }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="legend" aria-label={t('chart.legend')}>
      {series.map((each) => (
        <li key={each} data-series={each}>
          <Swatch series={each} />
          {t(`series.${each}`)}
        </li>
      ))}
      {outline && (
        <li>
          <svg className="swatch" width="16" height="14" aria-hidden="true">
            <path d="M1 7H15" stroke="var(--text)" strokeWidth="1.5" strokeDasharray="5 3" />
          </svg>
          {outline}
        </li>
      )}
    </ul>
  );
}
