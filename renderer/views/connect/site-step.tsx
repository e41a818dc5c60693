import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '#shared/site.ts';
import { localeOf } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import { useAsk } from '../../shell/ask.ts';
import { SelectField, TextField } from '../devices/add/form-fields.tsx';
import { draftOfSite, newDraft, siteOf, type SiteDraft, type SiteField, type SiteProblems } from './site-draft.ts';

const PLANTS = ['pv', 'wind', 'hydro', 'other'] as const;
const CONNECTIONS = ['grid', 'off-grid'] as const;

interface Props {
  /** The owner's site; undefined: it is begun here. */
  before: Site | undefined;
  onDone(): void;
}

export function SiteStep({ before, onDone }: Props) {
  const { t } = useTranslation();
  const ask = useAsk();
  const preferences = usePreferences();
  const [draft, setDraft] = useState(() =>
    before ? draftOfSite(before) : newDraft(new Intl.Locale(localeOf(preferences)).region),
  );
  const [problems, setProblems] = useState<SiteProblems>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const zones = useId();
  const change = (changes: Partial<SiteDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const field = (name: SiteField) => ({
    value: draft[name],
    problem: problems[name],
    onChange: (value: string) => change({ [name]: value }),
  });

  async function save() {
    const made = siteOf(draft, before);
    setProblems(made.outcome === 'refused' ? made.problems : {});
    if (made.outcome === 'refused')
      return requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    setBusy(true);
    const { site } = made;
    const done = await ask((engine) => (before ? engine.site.save({ ...before, ...site }) : engine.site.create(site)));
    setBusy(false);
    if (done) onDone();
  }

  return (
    <form
      ref={form}
      className="card section device-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="muted">{t(before ? 'connect.siteAgain' : 'connect.siteNew')}</p>
      <div className="fields">
        <TextField label={t('connect.name')} required {...field('name')} />
        <SelectField
          label={t('connect.plant')}
          value={draft.plant}
          options={PLANTS.map((each) => [each, t(`plantKind.${each}`)] as const)}
          onChange={(plant) => change({ plant })}
        />
        <SelectField
          label={t('connect.connection')}
          value={draft.connection}
          options={CONNECTIONS.map((each) => [each, t(`connectionKind.${each}`)] as const)}
          onChange={(connection) => change({ connection })}
        />
        <TextField label={t('settings.timeZone')} required list={zones} {...field('timeZone')} />
        <datalist id={zones}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </datalist>
        <TextField label={t('settings.currency')} required {...field('currency')} />
      </div>
      <fieldset className="fields">
        <legend>{t('connect.place')}</legend>
        <p className="field-effect">{t('connect.placeHint')}</p>
        <TextField label={t('connect.latitude')} type="number" unit="°" {...field('latitude')} />
        <TextField label={t('connect.longitude')} type="number" unit="°" {...field('longitude')} />
      </fieldset>
      <fieldset className="fields">
        <legend>{t('connect.tariff')}</legend>
        <p className="field-effect">{t('connect.tariffHint')}</p>
        <TextField
          label={t('connect.importPerKwh')}
          type="number"
          unit={`${draft.currency}/kWh`}
          {...field('importPerKwh')}
        />
        <TextField
          label={t('connect.exportPerKwh')}
          type="number"
          unit={`${draft.currency}/kWh`}
          {...field('exportPerKwh')}
        />
      </fieldset>
      <p className="form-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {t(before ? 'connect.saveNext' : 'connect.create')}
        </button>
      </p>
    </form>
  );
}
