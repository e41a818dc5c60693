import { useEffect, useRef, useState } from 'react';
import { Bell, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isNotice, isWanted, routeOf } from '#shared/notices.ts';
import { useLoadName } from '../decisions/use-load-name.ts';
import type { Streams } from '../link/link.ts';
import { useStream } from '../link/use-engine.ts';
import { usePreferences } from '../preferences/use-preferences.ts';

type Event = Streams['events'][number];

/** Long enough to be read twice; a critical one stays, ms. */
const SHOWN_MS = 12_000;
const MOST = 3;

const keyOf = ({ atMs, id, subject }: Event) => `${atMs} ${id} ${subject ?? ''}`;

/** What the engine has to say while somebody looks; it was kept in the ledger before. */
export function Toasts() {
  const { t } = useTranslation();
  const [shown, dismiss] = useNewEvents();
  const nameOf = useLoadName();
  return (
    <section className="toasts" aria-label={t('toast.region')} aria-live="polite">
      {shown.map((event) => {
        const { id, level, message, subject } = event;
        const grave = level !== 'info';
        return (
          <div key={keyOf(event)} className={`toast ${level}`} role={level === 'critical' ? 'alert' : undefined}>
            {grave ? <TriangleAlert size={18} aria-hidden /> : <Bell size={18} aria-hidden />}
            <p>{isNotice(id) ? t(`notice.${id}`, { name: subject ? nameOf(subject) : '' }) : message}</p>
            {isNotice(id) && (
              <a className="button plain small" href={routeOf(id)} onClick={() => dismiss(event)}>
                {t('toast.go')}
              </a>
            )}
            <button
              type="button"
              className="button plain small"
              aria-label={t('shell.dismiss')}
              onClick={() => dismiss(event)}
            >
              <X size={16} aria-hidden />
            </button>
          </div>
        );
      })}
    </section>
  );
}

/** Events that came since this page was opened and are wanted. What came before is history. */
function useNewEvents(): [Event[], (event: Event) => void] {
  const events = useStream('events');
  const { notices } = usePreferences();
  const seen = useRef<Set<string>>(undefined);
  const [shown, setShown] = useState<Event[]>([]);
  const dismiss = (event: Event) => setShown((before) => before.filter((each) => keyOf(each) !== keyOf(event)));
  useEffect(() => {
    if (!events) return;
    const known = seen.current;
    seen.current = new Set(events.map(keyOf));
    if (!known) return;
    const clock = new Date().toTimeString().slice(0, 5);
    const fresh = events.filter(
      (event) =>
        !known.has(keyOf(event)) && (event.level !== 'info' || isNotice(event.id)) && isWanted(event, notices, clock),
    );
    if (fresh.length === 0) return;
    setShown((before) => [...fresh, ...before].slice(0, MOST));
    const passing = fresh.filter(({ level }) => level !== 'critical').map(keyOf);
    setTimeout(() => setShown((before) => before.filter((each) => !passing.includes(keyOf(each)))), SHOWN_MS);
  }, [events, notices]);
  return [shown, dismiss];
}
