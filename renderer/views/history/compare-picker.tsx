import { useTranslation } from 'react-i18next';

const choices = ['none', 'previous', 'last-year', 'other'] as const;
export type Compare = { with: (typeof choices)[number]; date: string };

interface Props {
  value: Compare;
  onChange: (value: Compare) => void;
}

/** Which other period is laid beside: the one before, the same of last year, or the one that holds any date. */
export function ComparePicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <label className="field-inline">
        <span>{t('history.compare')}</span>
        <select
          value={value.with}
          onChange={(event) =>
            onChange({ ...value, with: choices.find((each) => each === event.target.value) ?? 'none' })
          }
        >
          {choices.map((each) => (
            <option key={each} value={each}>
              {t(`compare.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {value.with === 'other' && (
        <input
          type="date"
          aria-label={t('compare.date')}
          value={value.date}
          onChange={(event) => event.target.value !== '' && onChange({ ...value, date: event.target.value })}
        />
      )}
    </>
  );
}
