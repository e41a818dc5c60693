import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';
import type { ComparedPlan } from './shelf.tsx';

/** Kept plans side by side; one that was never worked out shows dashes. */
export function Compared({ plans }: { plans: readonly ComparedPlan[] }) {
  const { t } = useTranslation();
  return (
    <div className="planner-scroll">
      <table className="planner-table">
        <thead>
          <tr>
            <th scope="col">{t('planner.plan')}</th>
            <th scope="col">{t('planner.lostUsual')}</th>
            <th scope="col">{t('planner.energy.draw')}</th>
            <th scope="col">{t('planner.firstYear')}</th>
            <th scope="col">{t('planner.payback')}</th>
            <th scope="col">{t('planner.word')}</th>
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <ComparedRow key={plan.id} plan={plan} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ComparedRow({ plan: { name, currency, result } }: { plan: ComparedPlan }) {
  const { t } = useTranslation();
  const formats = useFormats(currency);
  const months = result?.money?.paybackMonths.p50;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Num>{result ? formats.energy(result.year.usual.lost) : UNKNOWN}</Num>
      </td>
      <td>
        <Num>{result ? formats.energy(result.year.mining.draw) : UNKNOWN}</Num>
      </td>
      <td>
        <Num>{result?.money ? formats.money(result.money.firstYearMicro.p50) : UNKNOWN}</Num>
      </td>
      <td>{months === undefined ? UNKNOWN : t('planner.inMonths', { count: Math.ceil(months) })}</td>
      <td>{result?.money ? t(`planner.verdict.${result.money.verdict.word}`) : UNKNOWN}</td>
    </tr>
  );
}
