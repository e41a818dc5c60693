import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WeeklyWindow } from '#shared/control.ts';
import { localeOf } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';

interface Props<W extends WeeklyWindow> {
  value: readonly W[];
  /** What a new one is at first. */
  fresh: W;
  /** The words of the button that adds one. */
  add: string;
  problem: string | undefined;
  onChange: (value: W[]) => void;
  /** What a window holds besides its time. */
  more?: (window: W, change: (part: Partial<W>) => void) => ReactNode;
}

/** Stretches of the week, in the time of the site. */
export function WeeklyWindows<W extends WeeklyWindow>({ value, fresh, add, problem, onChange, more }: Props<W>) {
  const { t } = useTranslation();
  return (
    <>
      {value.map((window, i) => {
        const change = (part: Partial<W>) =>
          onChange(value.map((each) => (each === window ? { ...each, ...part } : each)));
        return (
          // A window has no name but its place.
          // oxlint-disable-next-line react/no-array-index-key
          <fieldset key={i} className="weekly-window">
            <legend className="visually-hidden">{t('strategy.window', { n: i + 1 })}</legend>
            <span className="window-times" dir="ltr">
              <ClockTime
                label={t('strategy.from')}
                value={window.from}
                onChange={(from) => change({ from } as Partial<W>)}
              />
              <span aria-hidden>–</span>
              <ClockTime label={t('strategy.to')} value={window.to} onChange={(to) => change({ to } as Partial<W>)} />
            </span>
            <Days days={window.days} onChange={(days) => change({ days } as Partial<W>)} />
            {more?.(window, change)}
            <button
              type="button"
              className="button plain small"
              onClick={() => onChange(value.filter((each) => each !== window))}
              aria-label={t('strategy.removeWindow')}
            >
              <X size={16} aria-hidden />
            </button>
          </fieldset>
        );
      })}
      {problem && <p className="field-problem">{problem}</p>}
      <button type="button" className="button small" onClick={() => onChange([...value, { ...fresh }])}>
        <Plus size={16} aria-hidden />
        {add}
      </button>
    </>
  );
}

function ClockTime({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      type="time"
      required
      aria-label={label}
      value={value}
      onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
    />
  );
}

export const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** 1 January 2024 was a Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

function Days({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const weekday = new Intl.DateTimeFormat(localeOf(usePreferences()), { weekday: 'short', timeZone: 'UTC' });
  return (
    <span className="window-days">
      {DAYS.map((day) => {
        const on = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            className="day"
            aria-pressed={on}
            // A window without a day would be none.
            disabled={on && days.length === 1}
            onClick={() =>
              onChange(on ? days.filter((each) => each !== day) : [...days, day].toSorted((a, b) => a - b))
            }
          >
            {weekday.format(MONDAY_MS + (day - 1) * DAY_MS)}
          </button>
        );
      })}
    </span>
  );
}
