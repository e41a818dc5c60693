import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketSettings } from '#shared/market.ts';
import { useAsk } from '../../../shell/ask.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { Switch } from '../switch.tsx';
import { FileButton } from '../../earnings/file-button.tsx';
import { numberOf, textOf } from '../../earnings/numbers.ts';
import { ToldLine } from '../../earnings/told-line.tsx';
import { useTake } from '../../earnings/use-asked.ts';
import { SaveForm } from './save-form.tsx';

interface Props {
  settings: MarketSettings;
  currency: string;
  onSaved: () => void;
}

/** Prices by the hour or quarter hour: asked of an address, or taken from a file. */
export function DayAhead({ settings, currency, onSaved }: Props) {
  const { t } = useTranslation();
  const ask = useAsk();
  const { told, take } = useTake(() => undefined);
  const { dayAhead } = settings;
  const [on, setOn] = useState(dayAhead !== undefined);
  const [asked, setAsked] = useState(dayAhead?.source !== undefined && !dayAhead.source.off);
  const [problem, setProblem] = useState<string>();
  const [draft, setDraft] = useState(() => ({
    url: dayAhead?.source?.url ?? '',
    rows: dayAhead?.source?.rows ?? '',
    start: dayAhead?.source?.start ?? 'start',
    price: dayAhead?.source?.price ?? 'price',
    perKwh: textOf(dayAhead?.source?.perKwh ?? 0.001),
    importPlus: textOf(dayAhead?.importPlus),
    exportPlus: textOf(dayAhead?.exportPlus),
  }));
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    onChange: (value: string) => setDraft((before) => ({ ...before, [key]: value })),
  });

  async function save() {
    const { url, rows, start, price } = draft;
    const [perKwh, importPlus, exportPlus] = [draft.perKwh, draft.importPlus, draft.exportPlus].map(numberOf);
    const source = url === '' ? {} : { source: { url, rows, start, price, perKwh, off: !asked } };
    const plus = {
      ...(importPlus === undefined ? {} : { importPlus }),
      ...(exportPlus === undefined ? {} : { exportPlus }),
    };
    const { dayAhead: _, ...rest } = settings;
    const wanted = MarketSettings.safeParse(on ? { ...rest, dayAhead: { ...source, ...plus } } : rest);
    setProblem(wanted.success ? undefined : wanted.error.issues[0]?.message);
    if (wanted.success && (await ask((engine) => engine.market.changeSettings(wanted.data)))) onSaved();
  }
  return (
    <SaveForm title={t('prices.dayAhead')} problem={problem} onSave={save}>
      <Switch label={t('prices.dayAheadOn')} checked={on} onChange={setOn} />
      {on && (
        <>
          <div className="entry-fields">
            <TextField
              label={t('prices.importPlus')}
              hint={t('prices.plusMeans')}
              type="number"
              unit={`${currency}/kWh`}
              {...field('importPlus')}
            />
            <TextField label={t('prices.exportPlus')} type="number" unit={`${currency}/kWh`} {...field('exportPlus')} />
            <TextField label={t('prices.url')} placeholder="https://" {...field('url')} />
            <TextField label={t('prices.rows')} hint={t('prices.pathMeans')} {...field('rows')} />
            <TextField label={t('prices.start')} {...field('start')} />
            <TextField label={t('prices.price')} {...field('price')} />
            <TextField label={t('prices.perKwh')} hint={t('prices.perKwhMeans')} type="number" {...field('perKwh')} />
          </div>
          {draft.url !== '' && <Switch label={t('prices.asked')} checked={asked} onChange={setAsked} />}
          <div className="form-row">
            <FileButton
              label={t('prices.csv')}
              accept=".csv,text/csv"
              onText={(text) =>
                void take((engine) =>
                  engine.books.importPricesCsv({
                    text,
                    start: draft.start,
                    price: draft.price,
                    perKwh: numberOf(draft.perKwh) ?? 0.001,
                  }),
                )
              }
            />
            <p className="field-effect">{t('prices.csvMeans')}</p>
          </div>
          <ToldLine told={told} />
        </>
      )}
    </SaveForm>
  );
}
