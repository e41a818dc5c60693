import { useTranslation } from 'react-i18next';
import type { PlanMoney } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { isolate } from '../../i18n/isolate.ts';

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 8;
const BOTTOM = 24;
const TOP = 12;
const MONTHS_A_YEAR = 12;
/** The fan is in whole currency, every other amount in millionths. */
const MICRO = 1e6;

/** Cumulated money over the months: the middle of the futures, and the band in which eight of ten lie. */
export function Fan({ money: { fan, capitalMicro }, currency }: { money: PlanMoney; currency: string }) {
  const { t } = useTranslation();
  const formats = useFormats(currency);
  const last = fan.at(-1);
  if (!last) return null;
  const low = Math.min(-capitalMicro / MICRO, ...fan.map(({ p10 }) => p10));
  const high = Math.max(1, ...fan.map(({ p90 }) => p90));
  const x = (month: number) => LEFT + ((WIDTH - 2 * LEFT) * month) / last.month;
  const y = (amount: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - amount)) / (high - low);
  const line = (part: 'p10' | 'p50' | 'p90') => fan.map((each) => `${x(each.month)},${y(each[part])}`);
  const years = Array.from({ length: Math.floor(last.month / MONTHS_A_YEAR) + 1 }, (_, i) => i);
  const summary = t('planner.fanSummary', {
    months: formats.number(last.month),
    low: isolate(formats.money(last.p10 * MICRO)),
    middle: isolate(formats.money(last.p50 * MICRO)),
    high: isolate(formats.money(last.p90 * MICRO)),
  });
  return (
    <section className="card section" aria-labelledby="plan-fan">
      <h2 id="plan-fan">{t('planner.fanTitle')}</h2>
      <p className="muted">{summary}</p>
      <svg className="fan" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary}>
        <polygon className="fan-band" points={[...line('p90'), ...line('p10').reverse()].join(' ')} />
        <line className="fan-zero" x1={LEFT} x2={WIDTH - LEFT} y1={y(0)} y2={y(0)} />
        <polyline className="fan-middle" points={line('p50').join(' ')} />
        {years.map((year) => (
          <text key={year} x={x(year * MONTHS_A_YEAR)} y={HEIGHT - 6} textAnchor={year === 0 ? 'start' : 'middle'}>
            {formats.number(year * MONTHS_A_YEAR)}
          </text>
        ))}
      </svg>
      <p className="muted fan-axis">{t('planner.fanAxis')}</p>
    </section>
  );
}
