import { useTranslation } from 'react-i18next';
import { noticeKinds, type NoticeWishes } from '#shared/notices.ts';
import { changePreferences } from '../../preferences/preferences.ts';
import { usePreferences } from '../../preferences/use-preferences.ts';
import { Switch } from './switch.tsx';

const FIRST_QUIET = { from: '22:00', to: '07:00' };

/** What to be told of, and when not. */
export function NoticeSettings() {
  const { t } = useTranslation();
  const { notices } = usePreferences();
  const { off, quiet } = notices;
  const change = (part: Partial<NoticeWishes>) => changePreferences({ notices: { ...notices, ...part } });
  return (
    <section className="card section">
      <h2>{t('settings.notices')}</h2>
      <p className="field-effect">{t('settings.noticesHint')}</p>
      {noticeKinds.map((kind) => (
        <Switch
          key={kind}
          label={t(`noticeKind.${kind}`)}
          checked={!off.includes(kind)}
          onChange={(wanted) => change({ off: wanted ? off.filter((each) => each !== kind) : [...off, kind] })}
        />
      ))}
      <Switch
        label={t('settings.noticesQuiet')}
        checked={quiet !== undefined}
        onChange={(wanted) => changePreferences({ notices: { off, ...(wanted && { quiet: FIRST_QUIET }) } })}
      />
      {quiet && (
        <div className="setting-times">
          {(['from', 'to'] as const).map((edge) => (
            <label key={edge} className="field-inline">
              <span>{t(`settings.${edge}`)}</span>
              <input
                type="time"
                required
                value={quiet[edge]}
                onChange={(event) =>
                  event.target.value !== '' && change({ quiet: { ...quiet, [edge]: event.target.value } })
                }
              />
            </label>
          ))}
        </div>
      )}
    </section>
  );
}
