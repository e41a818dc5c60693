import { useState } from 'react';
import { Undo2 } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/done.ts';
import type { Site } from '#shared/site.ts';
import { useProblemText } from '../../i18n/use-problem-text.ts';
import { useEngine } from '../../link/use-engine.ts';
import { tellFailure } from '../../shell/ask.ts';
import { Allowances } from './allowances.tsx';
import { applyChanges } from './apply.ts';
import { changesOf, valuesOf, type FormValues } from './form-values.ts';
import { useUndo } from './use-undo.ts';
import { NumberField } from './number-field.tsx';
import { Preview } from './preview.tsx';
import { PriceRules } from './price-rules.tsx';
import { DAYS, WeeklyWindows } from './weekly-windows.tsx';

interface Props {
  site: Site;
  currency: string;
  onSaved: () => void;
}

const NIGHT = { days: DAYS, from: '22:00', to: '06:00' };

export function SettingsForm({ site, currency, onSaved }: Props) {
  const { t } = useTranslation();
  const engine = useEngine();
  const [refused, setRefused] = useState<Problem[]>([]);
  const { register, handleSubmit, reset, setValue, control } = useForm<FormValues>({ values: valuesOf(site) });
  const values = { ...valuesOf(site), ...useWatch({ control }) } as FormValues;
  const changes = changesOf(site, values);
  const count = Object.keys(changes).length;
  const [before, setBefore] = useUndo();
  const problemText = useProblemText();
  const problem = (field: string) => {
    const found = refused.find((each) => each.field.split('.').includes(field));
    return found && problemText(found);
  };

  async function apply(wanted = changes, undone = false) {
    if (!engine) return;
    try {
      const problems = await applyChanges(engine, site, wanted);
      setRefused(problems);
      if (problems.length > 0) return;
      setBefore(undone ? undefined : site);
      onSaved();
    } catch (cause) {
      tellFailure(cause instanceof Error ? cause.message : String(cause));
    }
  }

  return (
    <form className="strategy-form" onSubmit={(event) => void handleSubmit(() => apply())(event)} noValidate>
      <section className="card section">
        <h2>{t('strategy.power')}</h2>
        <NumberField id="reserveW" unit="W" max={5000} step={10} register={register} problem={problem('reserveW')} />
        {site.control.battery && (
          <>
            <NumberField
              id="floorPercent"
              unit="%"
              max={100}
              step={1}
              register={register}
              problem={problem('floorPercent')}
            />
            <NumberField
              id="targetPercent"
              unit="%"
              max={100}
              step={1}
              register={register}
              problem={problem('targetPercent')}
            />
          </>
        )}
        {site.control.connection === 'grid' && (
          <>
            <NumberField id="exportLimitW" unit="W" step={10} register={register} problem={problem('exportLimitW')} />
            <NumberField id="importLimitW" unit="W" step={10} register={register} problem={problem('importLimitW')} />
          </>
        )}
      </section>
      <PriceRules currency={currency} register={register} problem={problem} />
      <section className="card section weekly">
        <h2>{t('strategy.quietHours')}</h2>
        <p className="field-effect">{t('settingEffect.quietHours')}</p>
        <WeeklyWindows
          value={values.quietHours}
          fresh={NIGHT}
          add={t('strategy.addWindow')}
          problem={problem('quietHours')}
          onChange={(next) => setValue('quietHours', next)}
        />
      </section>
      {site.control.connection === 'grid' && (
        <Allowances
          value={values.allowances}
          onChange={(next) => setValue('allowances', next)}
          problem={problem('allowances')}
        />
      )}
      <Preview changes={changes} />
      <footer className="strategy-foot card" data-changed={count > 0 || undefined}>
        <p aria-live="polite">
          {count > 0 ? t('strategy.changes', { count }) : before ? t('strategy.applied') : t('strategy.noChanges')}
        </p>
        {before && (
          <button type="button" className="button" onClick={() => void apply(changesOf(site, valuesOf(before)), true)}>
            <Undo2 size={16} aria-hidden />
            {t('strategy.undo')}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={count === 0}
          onClick={() => {
            reset(valuesOf(site));
            setRefused([]);
          }}
        >
          {t('strategy.discard')}
        </button>
        <button type="submit" className="button primary" disabled={count === 0}>
          {t('strategy.apply')}
        </button>
        {refused.length > 0 && (
          <ul className="field-problem" role="alert">
            {refused.map((each) => (
              <li key={each.field}>{problemText(each)}</li>
            ))}
          </ul>
        )}
      </footer>
    </form>
  );
}
