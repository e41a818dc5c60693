import { useTranslation } from 'react-i18next';
import { changePreferences, languages } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import { SelectField } from '../devices/add/form-fields.tsx';
import { Switch } from './switch.tsx';

const names = { en: 'English', de: 'Deutsch', es: 'Español', ar: 'العربية' };
const themes = ['system', 'light', 'dark'] as const;
const hours = ['24', '12'] as const;
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
export function General() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  const regionNames = new Intl.DisplayNames(preferences.language, { type: 'region' });
  return (
    <section className="card section">
      <h2>{t('settings.general')}</h2>
      <SelectField
        look="setting"
        label={t('settings.language')}
        value={preferences.language}
        options={languages.map((each) => [each, names[each]])}
        onChange={(language) => changePreferences({ language })}
      />
      <SelectField
        look="setting"
        label={t('settings.region')}
        value={regions.find((each) => each === preferences.region) ?? ''}
        options={regions.map((each) => [each, each ? (regionNames.of(each) ?? each) : t('settings.systemRegion')])}
        onChange={(region) => changePreferences({ region: region === '' ? undefined : region })}
      />
      <SelectField
        look="setting"
        label={t('settings.hours')}
        value={preferences.hours}
        options={hours.map((each) => [each, t(`hours.${each}`)])}
        onChange={(chosen) => changePreferences({ hours: chosen })}
      />
      <SelectField
        look="setting"
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
  );
}
