import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../preferences/preferences.ts';
import { usePreferences } from '../../../preferences/use-preferences.ts';
import '../../strategy/strategy.css';
import { TextField } from '../../devices/add/form-fields.tsx';

export interface RowDraft {
  days: number[];
  from: string;
  to: string;
  importPerKwh: string;
  exportPerKwh: string;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** 1 January 2024 was a Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);

interface Props {
  rows: readonly RowDraft[];
  currency: string;
  onChange: (rows: RowDraft[]) => void;
}

/** Hours with prices of their own; the first row that fits counts. */
export function TimeOfUse({ rows, currency, onChange }: Props) {
  const { t } = useTranslation();
  const weekday = new Intl.DateTimeFormat(localeOf(usePreferences()), { weekday: 'short', timeZone: 'UTC' });
  const change = (at: number, part: Partial<RowDraft>) =>
    onChange(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <fieldset className="section-part">
      <legend>{t('prices.timeOfUse')}</legend>
      <p className="field-effect">{t('prices.timeOfUseMeans')}</p>
      {rows.map((row, i) => (
        <fieldset key={i} className="use-row">
          <legend className="visually-hidden">{t('prices.row', { n: i + 1 })}</legend>
          <span className="quiet-times" dir="ltr">
            {(['from', 'to'] as const).map((end) => (
              <input
                key={end}
                type="time"
                aria-label={t(`strategy.${end}`)}
                value={row[end]}
                onChange={(event) => change(i, { [end]: event.target.value })}
              />
            ))}
          </span>
          <span className="quiet-days">
            {DAYS.map((day) => {
              const on = row.days.includes(day);
              const days = on ? row.days.filter((each) => each !== day) : [...row.days, day].toSorted((a, b) => a - b);
              return (
                <button
                  key={day}
                  type="button"
                  className="day"
                  aria-pressed={on}
                  // A row without a day would never count.
                  disabled={on && row.days.length === 1}
                  onClick={() => change(i, { days })}
                >
                  {weekday.format(MONDAY_MS + (day - 1) * 86_400_000)}
                </button>
              );
            })}
          </span>
          {(['importPerKwh', 'exportPerKwh'] as const).map((key) => (
            <TextField
              key={key}
              label={t(`prices.${key}`)}
              type="number"
              unit={`${currency}/kWh`}
              value={row[key]}
              onChange={(value) => change(i, { [key]: value })}
            />
          ))}
          <button
            type="button"
            className="button plain small"
            aria-label={t('prices.removeRow')}
            onClick={() => onChange(rows.filter((_, at) => at !== i))}
          >
            <X size={16} aria-hidden />
          </button>
        </fieldset>
      ))}
      <p>
        <button
          type="button"
          className="button small"
          onClick={() =>
            onChange([...rows, { days: DAYS, from: '00:00', to: '06:00', importPerKwh: '', exportPerKwh: '' }])
          }
        >
          <Plus size={16} aria-hidden />
          {t('prices.addRow')}
        </button>
      </p>
    </fieldset>
  );
}
