import { CirclePlay, CircleStop, Clock, Eye, FlaskConical, Pause, WifiOff, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useStream } from '../link/use-engine.ts';
import { useSiteNow } from '../link/site-clock.ts';
import { useRole } from '../link/use-role.ts';
import { useAsk } from './ask.ts';
import { Freshness } from './freshness.tsx';
import { ModeMenu } from './mode-menu.tsx';

export function Strip() {
  const { t } = useTranslation();
  const status = useStream('status');
  const isViewer = useRole() === 'viewer';
  return (
    <header className="strip">
      <div className="strip-site">
        <p className="site-name">
          <bdi>{status?.name ?? t('app.name')}</bdi>
        </p>
        <ModeMenu isFixed={isViewer} />
        <Freshness />
        <Badges />
      </div>
      {isViewer ? (
        <span className="badge">
          <Eye size={14} aria-hidden />
          {t('shell.readOnly')}
        </span>
      ) : (
        <StopButton />
      )}
    </header>
  );
}

function Badges() {
  const { t } = useTranslation();
  const formats = useFormats();
  const status = useStream('status');
  const market = useStream('market');
  const nowMs = useSiteNow();
  if (!status || nowMs === undefined) return null;
  const { wish, simulated, speed } = status;
  const fast = simulated && speed > 1;
  return (
    <>
      {simulated && (
        <span className="badge info">
          <FlaskConical size={14} aria-hidden />
          {fast ? t('shell.simulatedFast', { speed: formats.number(speed) }) : t('shell.simulated')}
        </span>
      )}
      {market?.old && (
        <span className="badge">
          <WifiOff size={14} aria-hidden />
          {t('shell.oldPrice')}
        </span>
      )}
      {wish.pauseUntilMs !== undefined && wish.pauseUntilMs > nowMs && (
        <span className="badge warn">
          <Pause size={14} aria-hidden />
          {t('shell.paused', { t: formats.time(wish.pauseUntilMs) })}
        </span>
      )}
      {wish.boost && (
        <span className="badge warn">
          <Zap size={14} aria-hidden />
          {t('shell.boost', { t: formats.time(wish.boost.untilMs) })}
        </span>
      )}
      {wish.stopped && (
        <span className="badge warn">
          <Clock size={14} aria-hidden />
          {t('shell.stopped')}
        </span>
      )}
    </>
  );
}

function StopButton() {
  const { t } = useTranslation();
  const wish = useStream('status')?.wish;
  const ask = useAsk();
  const held = wish?.stopped === true || wish?.pauseUntilMs !== undefined;
  if (held) {
    return (
      <button
        type="button"
        className="button primary stop"
        onClick={() => void ask((engine) => engine.control.resume({}))}
      >
        <CirclePlay size={20} aria-hidden />
        {t('shell.resume')}
      </button>
    );
  }
  return (
    <button type="button" className="button strong stop" onClick={() => void ask((engine) => engine.control.stop({}))}>
      <CircleStop size={20} aria-hidden />
      {t('shell.stop')}
    </button>
  );
}
