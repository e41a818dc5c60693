import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { useAsk } from '../../shell/ask.ts';
import { addressOf } from '../../shell/place.ts';

/** The other site is there; going to it starts the engine anew and loses nothing. */
export function SwitchSite({ to, primary = false }: { to: 'own' | 'simulated'; primary?: boolean }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      className={`button${primary ? ' primary' : ''}`}
      disabled={busy}
      onClick={() => {
        setBusy(true);
        void ask((engine) => engine.site.switchTo({ site: to })).finally(() => setBusy(false));
      }}
    >
      {t(to === 'own' ? 'connect.toOwn' : 'connect.toSimulated')}
    </button>
  );
}

/** The set-up goes on at the owner's own site, which is not the one that runs. */
export function OwnSiteWaits({ hasOwn }: { hasOwn: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="card section">
      <p>{t(hasOwn ? 'connect.ownWaits' : 'connect.ownFirst')}</p>
      <p className="form-actions">
        {hasOwn ? (
          <SwitchSite to="own" primary />
        ) : (
          <a className="button primary" href={addressOf('devices', { connect: 'site' })}>
            {t('connect.begin')}
          </a>
        )}
      </p>
    </section>
  );
}

/** Above the devices: which site this is, and the way to one's own. */
export function SiteNotice({ unfinished }: { unfinished: string | undefined }) {
  const { t } = useTranslation();
  const status = useStream('status');
  if (!status) return null;
  if (!status.simulated) {
    if (unfinished === undefined) return null;
    return (
      <section className="card section site-notice">
        <p>{t('connect.unfinished')}</p>
        <a className="button primary" href={addressOf('devices', { connect: unfinished })}>
          {t('connect.goOn')}
        </a>
      </section>
    );
  }
  return (
    <section className="card section site-notice">
      <p>{t(status.ownSite ? 'connect.simulatedOwn' : 'connect.simulated')}</p>
      {status.ownSite ? (
        <SwitchSite to="own" primary />
      ) : (
        <a className="button primary" href={addressOf('devices', { connect: 'site' })}>
          {t('connect.begin')}
        </a>
      )}
    </section>
  );
}
