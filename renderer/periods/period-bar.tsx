import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useStream } from '../link/use-engine.ts';
import { periods, type View } from '#shared/views.ts';
import { addressOf } from '../shell/place.ts';
import { shifted, spanOf, type Span } from './period.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { goTo } from './use-span.ts';
import './period-bar.css';

/** Which period; its stepper belongs to the time axis and never mirrors. */
export function PeriodBar({ view, span }: { view: View; span: Span }) {
  const { t } = useTranslation();
  const title = useSpanTitle();
  const status = useStream('status');
  const timeZone = status?.timeZone ?? 'UTC';
  const { period } = span;
  const earlier = shifted(span, -1, timeZone);
  const later = shifted(span, 1, timeZone);
  const isLast = later.fromMs > (status?.nowMs ?? 0);
  useShortcuts({
    BracketLeft: () => goTo(view, earlier),
    BracketRight: () => !isLast && goTo(view, later),
    KeyT: () => goTo(view, { period }),
  });
  return (
    <div className="period-bar">
      <nav className="choices" aria-label={t('period.title')}>
        {periods.map((each) => (
          <a
            key={each}
            href={addressOf(view, {
              period: each,
              ...(each !== 'all' && period !== 'all' && { at: keptDate(span, each, timeZone) }),
            })}
            aria-current={each === period || undefined}
          >
            {t(`period.${each}`)}
          </a>
        ))}
      </nav>
      {period !== 'all' && (
        <div className="stepper" dir="ltr">
          <a
            className="button small"
            href={addressOf(view, { period, at: earlier.at })}
            aria-label={t('period.earlier')}
          >
            <ChevronLeft size={18} aria-hidden />
          </a>
          <strong dir="auto">{title(span)}</strong>
          {isLast ? (
            <span className="button small" aria-hidden data-disabled>
              <ChevronRight size={18} />
            </span>
          ) : (
            <a className="button small" href={addressOf(view, { period, at: later.at })} aria-label={t('period.later')}>
              <ChevronRight size={18} aria-hidden />
            </a>
          )}
        </div>
      )}
      {!isLast && period !== 'all' && (
        <a className="button small" href={addressOf(view, { period })}>
          {t('period.today')}
        </a>
      )}
    </div>
  );
}

/** From a day to its week and back without losing the place. */
const keptDate = (span: Span, period: Span['period'], timeZone: string) => spanOf(period, span.at, 0, timeZone).at;

export function useSpanTitle(): (span: Span) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ period, fromMs, toMs }) => {
    if (period === 'all') return t('period.all');
    if (period === 'day') return formats.date(fromMs);
    if (period === 'week') return `${formats.date(fromMs, 'short')} – ${formats.date(toMs - 1, 'short')}`;
    return formats.date(fromMs, period);
  };
}
