import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { changePreferences, languages } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import { DesktopSettings } from './desktop-settings.tsx';
import { Choice, Switch } from './fields.tsx';
import { HomeAssistantSettings } from './home-assistant/home-assistant.tsx';
import { Network } from './network/network.tsx';
import { NoticeSettings } from './notice-settings.tsx';
import './settings.css';

const names = { en: 'English', de: 'Deutsch', es: 'Español', ar: 'العربية' };
const themes = ['system', 'light', 'dark'] as const;
const hours = ['24', '12'] as const;
const units = ['sats', 'btc'] as const;
const regions = [
  '',
  'AE',
  'AR',
  'AT',
  'AU',
  'BR',
  'CA',
  'CH',
  'CL',
  'CO',
  'DE',
  'EG',
  'ES',
  'FR',
  'GB',
  'IE',
  'IN',
  'IT',
  'MA',
  'MX',
  'NL',
  'NO',
  'NZ',
  'PE',
  'PT',
  'SA',
  'SE',
  'US',
  'ZA',
] as const;

/** How this screen shows things; saved at once, on this device. */
export function Settings() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  const status = useStream('status');
  const regionNames = new Intl.DisplayNames(preferences.language, { type: 'region' });
  return (
    <div className="page settings">
      <header className="page-head">
        <h1>{t('view.settings')}</h1>
      </header>
      <section className="card section">
        <h2>{t('settings.general')}</h2>
        <Choice
          label={t('settings.language')}
          value={preferences.language}
          options={languages.map((each) => [each, names[each]])}
          onChange={(language) => changePreferences({ language })}
        />
        <Choice
          label={t('settings.region')}
          value={regions.find((each) => each === preferences.region) ?? ''}
          options={regions.map((each) => [each, each ? (regionNames.of(each) ?? each) : t('settings.systemRegion')])}
          onChange={(region) => changePreferences({ region: region === '' ? undefined : region })}
        />
        <Choice
          label={t('settings.hours')}
          value={preferences.hours}
          options={hours.map((each) => [each, t(`hours.${each}`)])}
          onChange={(chosen) => changePreferences({ hours: chosen })}
        />
        <Choice
          label={t('settings.theme')}
          value={preferences.theme}
          options={themes.map((each) => [each, t(`theme.${each}`)])}
          onChange={(theme) => changePreferences({ theme })}
        />
        <Switch
          label={t('settings.letterKeys')}
          checked={preferences.letterKeys}
          onChange={(letterKeys) => changePreferences({ letterKeys })}
        />
        {preferences.language === 'ar' && (
          <Switch
            label={t('settings.arabicDigits')}
            checked={preferences.arabicDigits}
            onChange={(arabicDigits) => changePreferences({ arabicDigits })}
          />
        )}
      </section>
      <section className="card section">
        <h2>{t('settings.money')}</h2>
        <Choice
          label={t('settings.bitcoinUnit')}
          value={preferences.bitcoinUnit}
          options={units.map((each) => [each, t(`bitcoinUnit.${each}`)])}
          onChange={(bitcoinUnit) => changePreferences({ bitcoinUnit })}
        />
        <Switch
          label={t('settings.hideAmounts')}
          checked={preferences.hideAmounts}
          onChange={(hideAmounts) => changePreferences({ hideAmounts })}
        />
      </section>
      <Network />
      <HomeAssistantSettings />
      <NoticeSettings />
      <DesktopSettings />
      <section className="card section">
        <h2>{t('settings.about')}</h2>
        <dl className="about">
          <dt>{t('settings.version')}</dt>
          <dd>
            <bdi dir="ltr">{status?.version ?? '–'}</bdi>
          </dd>
          <dt>{t('settings.site')}</dt>
          <dd>
            <bdi>{status?.name ?? '–'}</bdi>
          </dd>
          <dt>{t('settings.timeZone')}</dt>
          <dd>
            <bdi dir="ltr">{status?.timeZone ?? '–'}</bdi>
          </dd>
          <dt>{t('settings.currency')}</dt>
          <dd>
            <bdi dir="ltr">{status?.currency ?? '–'}</bdi>
          </dd>
        </dl>
        <p className="muted">{t('settings.privacy')}</p>
      </section>
    </div>
  );
}
