import { useTranslation } from 'react-i18next';
import { changePreferences } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import { SelectField } from '../devices/add/form-fields.tsx';
import { Switch } from './switch.tsx';

const units = ['sats', 'btc'] as const;

/** How amounts are shown on this device. */
export function Money() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  return (
    <section className="card section">
      <h2>{t('settings.money')}</h2>
      <SelectField
        look="setting"
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
  );
}
