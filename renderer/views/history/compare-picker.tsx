import { useTranslation } from 'react-i18next';

const choices = ['none', 'previous', 'last-year'] as const;
export type Compare = (typeof choices)[number];

export function ComparePicker({ value, onChange }: { value: Compare; onChange: (value: Compare) => void }) {
  const { t } = useTranslation();
  return (
    <label className="field-inline">
      <span>{t('history.compare')}</span>
      <select
        value={value}
        onChange={(event) => onChange(choices.find((each) => each === event.target.value) ?? 'none')}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {t(`compare.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
