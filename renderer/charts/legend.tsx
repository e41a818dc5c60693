import { useTranslation } from 'react-i18next';
import { Swatch } from './pattern-defs.tsx';
import type { SeriesId } from './series.ts';

interface Props {
  series: readonly SeriesId[];
  /** What the outline is. */
  outline?: string | undefined;
  /** What the faint line is. */
  outlook?: string | undefined;
}

export function Legend({ series, outline, outlook }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="legend" aria-label={t('chart.legend')}>
      {series.map((each) => (
        <li key={each} data-series={each}>
          <Swatch series={each} />
          {t(`series.${each}`)}
        </li>
      ))}
      {outline && <LineItem colour="--text" dash="5 3" name={outline} />}
      {outlook && <LineItem colour="--production" dash="2 3" name={outlook} />}
    </ul>
  );
}

function LineItem({ colour, dash, name }: { colour: string; dash: string; name: string }) {
  return (
    <li>
      <svg className="swatch" width="16" height="14" aria-hidden="true">
        <path d="M1 7H15" stroke={`var(${colour})`} strokeWidth="1.5" strokeDasharray={dash} />
      </svg>
      {name}
    </li>
  );
}
