import type { ReactNode } from 'react';
import { useForm, useWatch, type UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Site } from '#shared/site.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useAsk } from '../../shell/ask.ts';
import { LockNote, Permitted } from '../../shell/permitted.tsx';
import { NumberUnit } from '../../ui/number-unit.tsx';
import { boostOf, firstValues, mostWh, type BoostValues } from './boost-values.ts';

const lengths = ['30', '60', '120', '240', '480', '720'] as const;

/** Both permissions are off at first: who wants to buy says so, and sees what it may cost. */
export function BoostForm({ site }: { site: Site }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const status = useStream('status');
  const loads = useStream('loads');
  const { register, handleSubmit, control } = useForm<BoostValues>({ defaultValues: firstValues(site) });
  const values: BoostValues = { ...firstValues(site), ...useWatch({ control }) };
  const { battery, connection } = site.control;
  const nowMs = status?.nowMs ?? 0;
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
      <LockNote member="control.boost" />
      <Permitted member="control.boost">
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
            <NumberUnit unit="kWh" min={0} step={0.1} {...register('energyKwh')} />
          </label>
        </div>
        {connection === 'grid' && (
          <Permission label={t('boost.buys')} allow={register('buys')}>
            <NumberUnit
              unit="W"
              label={t('boost.importW')}
              min={0}
              step={50}
              disabled={!values.buys}
              {...register('importW')}
            />
          </Permission>
        )}
        {battery && (
          <Permission label={t('boost.drains')} allow={register('drains')}>
            <NumberUnit
              unit="%"
              label={t('boost.batteryTo')}
              min={battery.floorPercent}
              max={100}
              step={1}
              disabled={!values.drains}
              {...register('toPercent')}
            />
          </Permission>
        )}
        <p className="boost-cost" aria-live="polite">
          {!allowed && t('boost.choose')}
          {allowed && <Cost boughtWh={mostWh(values)} />}
          {status?.wish.stopped && ` ${t('boost.stopped')}`}
        </p>
        <button type="submit" className="button primary" disabled={!ready}>
          {t('boost.start')}
        </button>
      </Permitted>
    </form>
  );
}

/** A permission of its own with its limit. */
function Permission({ label, allow, children }: { label: string; allow: UseFormRegisterReturn; children: ReactNode }) {
  return (
    <div className="boost-permission">
      <label>
        <input type="checkbox" {...allow} /> {label}
      </label>
      {children}
    </div>
  );
}

/** What it may cost at most, before it begins. */
function Cost({ boughtWh }: { boughtWh: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const importPerKwh = useStream('market')?.importPerKwh;
  if (boughtWh === 0) return t('boost.freeOfGrid');
  const e = isolate(formats.energy(boughtWh * 1000));
  if (importPerKwh === undefined) return t('boost.costUnknown', { e });
  return t('boost.cost', { e, m: isolate(formats.money(boughtWh * importPerKwh * 1000)) });
}
