import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { useLock } from '../../link/use-lock.ts';
import { LockNote, Permitted } from '../../shell/permitted.tsx';
import { Boost } from './boost.tsx';
import { ModeChoice } from './mode-choice.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSite } from './use-site.ts';
import './strategy.css';

/** What the controller is told: the mode, and the numbers it obeys. */
export function Strategy() {
  const { t } = useTranslation();
  const hidden = useLock('site.get') !== undefined;
  return (
    <div className="page strategy">
      <header className="page-head">
        <h1>{t('view.strategy')}</h1>
      </header>
      <LockNote member="control.setMode" />
      <Permitted member="control.setMode">
        <ModeChoice />
      </Permitted>
      {hidden ? <p className="card notice muted">{t('strategy.hidden')}</p> : <Loaded />}
    </div>
  );
}

function Loaded() {
  const { t } = useTranslation();
  const currency = useStream('status')?.currency ?? '';
  const { site, failed, again } = useSite();
  if (failed) return <p className="card notice muted">{t('strategy.noSite')}</p>;
  if (!site) return <div className="skeleton strategy-skeleton" />;
  return (
    <>
      <Boost site={site} />
      <SettingsForm site={site} currency={currency} onSaved={again} />
    </>
  );
}
