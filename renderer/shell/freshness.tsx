import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDurations } from '../i18n/use-durations.ts';
import { isolate } from '../i18n/isolate.ts';
import { useHostWord } from '../link/use-host-word.ts';
import { useWallClock } from '../link/site-clock.ts';
import { useConnection, useReceived } from '../link/use-engine.ts';

/** From here on a reading is shown with its age, ms. */
export const SLOW_MS = 10_000;

/** Age of the oldest required reading. */
export function Freshness() {
  const { t } = useTranslation();
  const duration = useDurations();
  const { phase } = useConnection();
  const word = useHostWord()?.state;
  const hostIsGone = word === 'ended' || word === 'signed-out';
  const status = useReceived('status');
  const wallMs = useWallClock();
  if (phase === 'lost' || hostIsGone)
    return <span className={hostIsGone ? 'badge' : 'badge bad'}>{t('shell.noEngine')}</span>;
  if (!status) return <span className="badge">{t('shell.reading')}</span>;
  const { freshnessMs, speed } = status.value;
  if (freshnessMs === undefined) {
    return (
      <span className="badge warn">
        <Clock size={14} aria-hidden />
        {t('shell.missing')}
      </span>
    );
  }
  const ageMs = freshnessMs + Math.max(0, wallMs - status.receivedMs) * speed;
  const slow = ageMs > SLOW_MS * Math.max(1, speed);
  return (
    <span className={slow ? 'badge warn' : 'badge'}>
      {slow ? <Clock size={14} aria-hidden /> : <i className="live-dot" aria-hidden />}
      {t('shell.live', { age: isolate(duration(ageMs)) })}
    </span>
  );
}
