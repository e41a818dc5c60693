import { useTranslation } from 'react-i18next';
import type { Plan } from '#shared/plan.ts';
import type { PlanResult } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';
import { Fan } from './fan.tsx';
import { PaybackGrid } from './payback-grid.tsx';
import { Sensitivity } from './sensitivity.tsx';
import { Verdict } from './verdict.tsx';
import { YearTable } from './year-table.tsx';
import { MonthBars } from './month-bars.tsx';

interface Props {
  result: PlanResult;
  plan: Plan;
  /** More futures are still coming in. */
  partial: boolean;
}

/** The plain word first, then the year, then the money as ranges. */
export function Result({ result: { year, money }, plan, partial }: Props) {
  const { t } = useTranslation();
  const formats = useFormats(plan.currency);
  return (
    <div className="planner-result" aria-busy={partial}>
      {money && <Verdict money={money} plan={plan} />}
      <YearTable year={year} currency={plan.currency} />
      <MonthBars months={year.months} timeZone={plan.timeZone} />
      {money && (
        <>
          <Fan money={money} currency={plan.currency} />
          <section className="card section" aria-labelledby="plan-parts">
            <h2 id="plan-parts">{t('planner.partsTitle')}</h2>
            <dl className="planner-parts">
              {money.parts
                .filter(({ micro }) => micro !== 0)
                .map(({ id, micro }) => (
                  <div key={id}>
                    <dt>{t(`planner.part.${id}`)}</dt>
                    <dd>
                      <Num>{formats.money(micro)}</Num>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
          <Sensitivity money={money} currency={plan.currency} />
          <PaybackGrid grid={money.grid} limit={plan.economics.paybackMonths} />
        </>
      )}
    </div>
  );
}
