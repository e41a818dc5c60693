import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '#shared/site.ts';
import { useAsk } from '../../shell/ask.ts';
import { TextField } from '../devices/add/form-fields.tsx';

type Field = 'capacityKwh' | 'maxChargeW' | 'maxDischargeW' | 'floorPercent' | 'exportLimitW' | 'importLimitW';

const text = (value: number | undefined) => (value === undefined ? '' : String(value));
const number = (typed: string) => (typed.trim() === '' ? undefined : Number(typed.trim().replace(',', '.')));

/** The numbers that protect battery and house; nothing here is guessed. */
export function LimitsStep({ site, onDone }: { site: Site; onDone(): void }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const { battery, exportLimitW, importLimitW, connection } = site.control;
  const hasBattery = site.devices.some(({ roles }) => roles.includes('battery'));
  const [values, setValues] = useState<Record<Field, string>>({
    capacityKwh: text(battery && battery.capacityWh / 1000),
    maxChargeW: text(battery?.maxChargeW),
    maxDischargeW: text(battery?.maxDischargeW),
    floorPercent: text(battery?.floorPercent ?? 20),
    exportLimitW: text(exportLimitW),
    importLimitW: text(importLimitW),
  });
  const [problem, setProblem] = useState<Field>();
  const field = (name: Field) => ({
    value: values[name],
    type: 'number' as const,
    problem: problem === name ? 'connect.problem.number' : undefined,
    onChange: (value: string) => setValues((now) => ({ ...now, [name]: value })),
  });

  async function save() {
    const needed: Field[] = hasBattery ? ['capacityKwh', 'maxChargeW', 'maxDischargeW', 'floorPercent'] : [];
    const asked: Field[] = [...needed, ...(connection === 'grid' ? (['exportLimitW', 'importLimitW'] as const) : [])];
    const wrong = asked.find((name) => {
      const value = number(values[name]);
      return value === undefined ? needed.includes(name) : !(value >= 0);
    });
    setProblem(wrong);
    if (wrong) return;
    const control: Record<string, unknown> = {};
    if (hasBattery)
      control['battery'] = {
        ...battery,
        capacityWh: 1000 * (number(values.capacityKwh) ?? 0),
        maxChargeW: number(values.maxChargeW),
        maxDischargeW: number(values.maxDischargeW),
        floorPercent: number(values.floorPercent),
      };
    for (const name of ['exportLimitW', 'importLimitW'] as const)
      if (connection === 'grid' && values[name].trim() !== '') control[name] = number(values[name]);
    if (await ask((engine) => engine.control.changeSettings({ control }))) onDone();
  }

  return (
    <form
      className="card section device-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {hasBattery ? (
        <fieldset className="fields">
          <legend>{t('role.battery')}</legend>
          <TextField label={t('connect.capacity')} unit="kWh" required {...field('capacityKwh')} />
          <TextField label={t('connect.maxCharge')} unit="W" required {...field('maxChargeW')} />
          <TextField label={t('connect.maxDischarge')} unit="W" required {...field('maxDischargeW')} />
          <TextField
            label={t('setting.floorPercent')}
            unit="%"
            required
            hint={t('settingEffect.floorPercent')}
            {...field('floorPercent')}
          />
        </fieldset>
      ) : (
        <p className="muted">{t('connect.noBattery')}</p>
      )}
      {connection === 'grid' && (
        <fieldset className="fields">
          <legend>{t('role.grid')}</legend>
          <TextField
            label={t('setting.exportLimitW')}
            unit="W"
            hint={t('settingEffect.exportLimitW')}
            {...field('exportLimitW')}
          />
          <TextField
            label={t('setting.importLimitW')}
            unit="W"
            hint={t('settingEffect.importLimitW')}
            {...field('importLimitW')}
          />
        </fieldset>
      )}
      <p className="form-actions">
        <button type="submit" className="button primary">
          {t('connect.saveNext')}
        </button>
      </p>
    </form>
  );
}
