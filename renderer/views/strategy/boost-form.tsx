import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Site } from '#shared/site.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useAsk } from '../../shell/ask.ts';
import { Num } from '../../ui/num.tsx';
import { boostOf, firstValues, mostWh, type BoostValues } from './boost-values.ts';

const lengths = ['30', '60', '120', '240', '480', '720'] as const;

/** Both permissions are off at first: who wants to buy says so, and sees what it may cost. */
export function BoostForm({ site }: { site: Site }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const status = useStream('status');
  const loads = useStream('loads');
  const importPerKwh = useStream('market')?.importPerKwh;
  const { register, handleSubmit, control } = useForm<BoostValues>({ defaultValues: firstValues(site) });
  const values: BoostValues = { ...firstValues(site), ...useWatch({ control }) };
  const { battery, connection } = site.control;
  const nowMs = status?.nowMs ?? 0;
  const boughtWh = mostWh(values);
  const allowed = (values.buys && Number(values.importW) > 0) || values.drains;
  const ready = allowed && status !== undefined && !status.wish.stopped && status.wish.commissioned;

  return (
    <form
      className="boost-form"
      noValidate
      onSubmit={(event) =>
        void handleSubmit((given) => ask((engine) => engine.control.boost(boostOf(given, nowMs))))(event)
      }
    >
      <p className="field-effect">{t('boost.effect')}</p>
      <div className="boost-fields">
        <label className="field">
          <span>{t('boost.load')}</span>
          <select {...register('loadId')}>
            <option value="">{t('boost.all')}</option>
            {loads?.map(({ health: { id, name } }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('boost.for')}</span>
          <select {...register('minutes')}>
            {lengths.map((minutes) => (
              <option key={minutes} value={minutes}>
                {Number(minutes) < 60
                  ? formats.quantity(Number(minutes), t('unit.min'))
                  : formats.quantity(Number(minutes) / 60, t('unit.h'))}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('boost.energy')}</span>
          <span className="with-unit">
            <input type="number" inputMode="decimal" dir="ltr" min={0} step={0.1} {...register('energyKwh')} />
            <Num>kWh</Num>
          </span>
        </label>
      </div>
      {connection === 'grid' && (
        <div className="boost-permission">
          <label>
            <input type="checkbox" {...register('buys')} /> {t('boost.buys')}
          </label>
          <span className="with-unit">
            <input
              type="number"
              inputMode="decimal"
              dir="ltr"
              aria-label={t('boost.importW')}
              min={0}
              step={50}
              disabled={!values.buys}
              {...register('importW')}
            />
            <Num>W</Num>
          </span>
        </div>
      )}
      {battery && (
        <div className="boost-permission">
          <label>
            <input type="checkbox" {...register('drains')} /> {t('boost.drains')}
          </label>
          <span className="with-unit">
            <input
              type="number"
              inputMode="decimal"
              dir="ltr"
              aria-label={t('boost.batteryTo')}
              min={battery.floorPercent}
              max={100}
              step={1}
              disabled={!values.drains}
              {...register('toPercent')}
            />
            <Num>%</Num>
          </span>
        </div>
      )}
      <p className="boost-cost" aria-live="polite">
        {!allowed && t('boost.choose')}
        {allowed &&
          (boughtWh === 0
            ? t('boost.freeOfGrid')
            : importPerKwh === undefined
              ? t('boost.costUnknown', { e: isolate(formats.energy(boughtWh * 1000)) })
              : t('boost.cost', {
                  e: isolate(formats.energy(boughtWh * 1000)),
                  m: isolate(formats.money(boughtWh * importPerKwh * 1000)),
                }))}
        {status?.wish.stopped && ` ${t('boost.stopped')}`}
      </p>
      <button type="submit" className="button primary" disabled={!ready}>
        {t('boost.start')}
      </button>
    </form>
  );
}
