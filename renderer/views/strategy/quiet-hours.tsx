import { Plus, X } from 'lucide-react';
import type { UseFieldArrayReturn, UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { WeeklyWindow } from '#shared/control.ts';
import { localeOf } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import type { FormValues } from './form-values.ts';

interface Props {
  windows: UseFieldArrayReturn<FormValues, 'quietHours'>;
  register: UseFormRegister<FormValues>;
  values: WeeklyWindow[];
  problem: string | undefined;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** 1 January 2024 was a Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);

export function QuietHours({ windows, register, values, problem }: Props) {
  const { t } = useTranslation();
  const locale = localeOf(usePreferences());
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const dayName = (day: number) => weekday.format(MONDAY_MS + (day - 1) * 86_400_000);
  return (
    <section className="card section quiet-hours">
      <h2>{t('strategy.quietHours')}</h2>
      <p className="field-effect">{t('settingEffect.quietHours')}</p>
      {windows.fields.map((field, i) => (
        <fieldset key={field.id} className="quiet-window">
          <legend className="visually-hidden">{t('strategy.window', { n: i + 1 })}</legend>
          <span className="quiet-times" dir="ltr">
            <input type="time" aria-label={t('strategy.from')} {...register(`quietHours.${i}.from`)} />
            <span aria-hidden>–</span>
            <input type="time" aria-label={t('strategy.to')} {...register(`quietHours.${i}.to`)} />
          </span>
          <span className="quiet-days">
            {DAYS.map((day) => {
              const days = values[i]?.days ?? [];
              const on = days.includes(day);
              const next = on ? days.filter((each) => each !== day) : [...days, day].toSorted((a, b) => a - b);
              return (
                <button
                  key={day}
                  type="button"
                  className="day"
                  aria-pressed={on}
                  // A window without a day would be none.
                  disabled={on && days.length === 1}
                  onClick={() => windows.update(i, { ...values[i]!, days: next })}
                >
                  {dayName(day)}
                </button>
              );
            })}
          </span>
          <button
            type="button"
            className="button plain small"
            onClick={() => windows.remove(i)}
            aria-label={t('strategy.removeWindow')}
          >
            <X size={16} aria-hidden />
          </button>
        </fieldset>
      ))}
      {problem && <p className="field-problem">{problem}</p>}
      <button
        type="button"
        className="button small"
        onClick={() => windows.append({ days: DAYS, from: '22:00', to: '06:00' })}
      >
        <Plus size={16} aria-hidden />
        {t('strategy.addWindow')}
      </button>
    </section>
  );
}
