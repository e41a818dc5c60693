import { useTranslation } from 'react-i18next';
import { Swatch } from './pattern-defs.tsx';
import { seriesLooks, type SeriesId } from './series.ts';

export function Legend({ series }: { series: readonly SeriesId[] }) {
  const { t } = useTranslation();
  return (
    <ul className="legend" aria-label={t('chart.legend')}>
      {series.map((each) => (
        <li key={each} data-colour={seriesLooks[each].colour}>
          <Swatch series={each} />
          {t(`series.${each}`)}
        </li>
      ))}
    </ul>
  );
}
