import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tariff } from '#shared/market.ts';
import type { Site } from '#shared/site.ts';
import { useAsk } from '../../../shell/ask.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { numberOf, textOf } from '../../earnings/numbers.ts';
import { SaveForm } from './save-form.tsx';
import { TimeOfUse, type RowDraft } from './time-of-use.tsx';

const flat = ['importPerKwh', 'exportPerKwh', 'batteryPerKwh'] as const;

/** What a kilowatt-hour costs and brings: the same at all times, or by weekday and hour. */
export function TariffForm({ site, onSaved }: { site: Site; onSaved: () => void }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const { tariff, currency } = site;
  const [draft, setDraft] = useState(() => ({
    importPerKwh: textOf(tariff.importPerKwh),
    exportPerKwh: textOf(tariff.exportPerKwh),
    batteryPerKwh: textOf(tariff.batteryPerKwh),
  }));
  const [rows, setRows] = useState<RowDraft[]>(() =>
    tariff.timeOfUse.map(({ days, from, to, importPerKwh, exportPerKwh }) => ({
      days,
      from,
      to,
      importPerKwh: textOf(importPerKwh),
      exportPerKwh: textOf(exportPerKwh),
    })),
  );
  const [problem, setProblem] = useState<string>();

  async function save() {
    const known = <K extends string>(of: Record<K, string>, keys: readonly K[]) =>
      Object.fromEntries(keys.flatMap((key) => (numberOf(of[key]) === undefined ? [] : [[key, numberOf(of[key])]])));
    const wanted = Tariff.safeParse({
      ...known(draft, flat),
      timeOfUse: rows.map(({ days, from, to, ...prices }) => ({
        days,
        from,
        to,
        ...known(prices, ['importPerKwh', 'exportPerKwh'] as const),
      })),
    });
    setProblem(wanted.success ? undefined : wanted.error.issues[0]?.message);
    if (!wanted.success) return;
    if (await ask((engine) => engine.site.save({ ...site, tariff: wanted.data }))) onSaved();
  }
  return (
    <SaveForm title={t('prices.tariff')} problem={problem} onSave={save}>
      <div className="entry-fields">
        {flat.map((key) => (
          <TextField
            key={key}
            label={t(`prices.${key}`)}
            hint={t(`prices.effect.${key}`)}
            type="number"
            unit={`${currency}/kWh`}
            value={draft[key]}
            onChange={(value) => setDraft((before) => ({ ...before, [key]: value }))}
          />
        ))}
      </div>
      <TimeOfUse rows={rows} currency={currency} onChange={setRows} />
    </SaveForm>
  );
}
