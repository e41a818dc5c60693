import { useTranslation } from 'react-i18next';
import { useStream } from '../../../link/use-engine.ts';
import { useSite } from '../../strategy/use-site.ts';
import { LockNote, Permitted } from '../../../shell/permitted.tsx';
import { useAsked, type Engine } from '../../earnings/use-asked.ts';
import { DayAhead } from './day-ahead.tsx';
import { NetworkSource } from './network-source.tsx';
import { TariffForm } from './tariff-form.tsx';

const settingsOf = (engine: Engine) => engine.market.settings({});

/** What energy and bitcoin cost, and where that is known from. */
export function Prices() {
  const { t } = useTranslation();
  const { site, again } = useSite();
  const market = useStream('market');
  const { value: settings, again: askAgain } = useAsked(settingsOf);
  const currency = site?.currency ?? '';
  return (
    <>
      {market?.problem && (
        <p className="card notice" role="alert">
          {market.problem.message}
        </p>
      )}
      {site && <TariffForm key={JSON.stringify(site.tariff)} site={site} onSaved={again} />}
      {settings && (
        <>
          <LockNote member="market.changeSettings" />
          <Permitted member="market.changeSettings">
            <DayAhead
              key={JSON.stringify(settings.dayAhead)}
              settings={settings}
              currency={currency}
              onSaved={askAgain}
            />
            <NetworkSource
              key={JSON.stringify(settings.source)}
              settings={settings}
              currency={currency}
              onSaved={askAgain}
            />
          </Permitted>
        </>
      )}
      {!site && <p className="muted">{t('shell.reading')}</p>}
    </>
  );
}
