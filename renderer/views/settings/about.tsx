import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { Diagnostics } from './diagnostics.tsx';

/** Version, site, and what is sent: nothing. */
export function About() {
  const { t } = useTranslation();
  const status = useStream('status');
  return (
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
      <Diagnostics />
    </section>
  );
}
