import { useTranslation } from 'react-i18next';
import type { PlanMoney } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { fanShape, HEIGHT, LEFT, MICRO, WIDTH } from './fan-shape.ts';

/** Cumulated money over the months: the middle of the futures, and the band in which eight of ten lie. */
export function Fan({ money, currency }: { money: PlanMoney; currency: string }) {
  const { t } = useTranslation();
  const formats = useFormats(currency);
  const shape = fanShape(money);
  if (!shape) return null;
  const { band, middle, zeroY, marks, last } = shape;
  const summary = t('planner.fanSummary', {
    months: formats.number(last.month),
    low: isolate(formats.money(last.p10 * MICRO)),
    middle: isolate(formats.money(last.p50 * MICRO)),
    high: isolate(formats.money(last.p90 * MICRO)),
  });
  return (
    <section className="card section" aria-labelledby="plan-fan">
      <h2 id="plan-fan">{t('planner.fanTitle')}</h2>
      <p className="muted fan-summary">{summary}</p>
      <svg className="fan" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary}>
        <polygon className="fan-band" points={band.join(' ')} />
        <line className="fan-zero" x1={LEFT} x2={WIDTH - LEFT} y1={zeroY} y2={zeroY} />
        <polyline className="fan-middle" points={middle.join(' ')} />
        {marks.map(({ month, x }) => (
          <text key={month} x={x} y={HEIGHT - 6} textAnchor={month === 0 ? 'start' : 'middle'}>
            {formats.number(month)}
          </text>
        ))}
      </svg>
      <p className="muted fan-axis">{t('planner.fanAxis')}</p>
    </section>
  );
}
