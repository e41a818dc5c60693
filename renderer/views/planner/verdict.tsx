import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '#shared/plan.ts';
import type { PlanMoney } from '#shared/plan-result.ts';
import type { Formats } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';

const icons = { 'worth-it': CircleCheck, uncertain: CircleHelp, 'not-worth-it': CircleX } as const;
const MICRO = 1e6;

/** The figure and its limit in the words of what decides. */
function inWords({ deciding: { id, value, limit } }: PlanMoney['verdict'], formats: Formats) {
  const amount = (each: number) =>
    id === 'too-few-hours'
      ? formats.number(each)
      : id === 'energy-worth-more'
        ? formats.pricePerKwh(each)
        : formats.money(each * MICRO);
  return { v: isolate(amount(value)), limit: isolate(amount(limit)) };
}

/** Worth it, uncertain, or not worth it: with the share of the futures that says so and the figure that decides. */
export function Verdict({ money, plan }: { money: PlanMoney; plan: Plan }) {
  const { t } = useTranslation();
  const formats = useFormats(plan.currency);
  const { verdict, paybackMonths: payback, breakEvenPerBitcoin: breakEven } = money;
  const Icon = icons[verdict.word];
  const months = (value: number | undefined) =>
    value === undefined ? t('planner.never') : t('planner.inMonths', { count: Math.ceil(value) });
  return (
    <section className="card section verdict" data-word={verdict.word} aria-labelledby="verdict" aria-live="polite">
      <h2 id="verdict">
        <Icon size={24} aria-hidden /> {t(`planner.verdict.${verdict.word}`)}
      </h2>
      <p>
        {t('planner.share', {
          share: isolate(formats.percent(100 * verdict.share)),
          n: formats.number(money.futures),
          months: formats.number(plan.economics.paybackMonths),
        })}{' '}
        {t(`planner.deciding.${verdict.deciding.id}`, inWords(verdict, formats))}
      </p>
      <dl className="planner-parts">
        <div>
          <dt>{t('planner.payback')}</dt>
          <dd>
            {months(payback.p50)} <span className="muted">{`(${months(payback.p10)} – ${months(payback.p90)})`}</span>
          </dd>
        </div>
        <div>
          <dt>{t('planner.breakEven')}</dt>
          <dd>{breakEven === undefined ? t('planner.noPrice') : isolate(formats.money(breakEven * MICRO))}</dd>
        </div>
        <div>
          <dt>{t('planner.capital')}</dt>
          <dd>{isolate(formats.money(money.capitalMicro))}</dd>
        </div>
      </dl>
      {money.heatPerKwh !== undefined && money.minedPerKwh !== undefined && (
        <p className="muted">
          {t('planner.asHeat', {
            heat: isolate(formats.pricePerKwh(money.heatPerKwh)),
            mined: isolate(formats.pricePerKwh(money.minedPerKwh)),
          })}
        </p>
      )}
      <p className="muted">{t('planner.noPromise')}</p>
    </section>
  );
}
