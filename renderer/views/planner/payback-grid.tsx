import { useTranslation } from 'react-i18next';
import type { PlanMoney } from '#shared/plan-result.ts';
import { UNKNOWN } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

/** Months until the capital is back, by bitcoin's price and the growth of difficulty. */
export function PaybackGrid({ grid, limit }: { grid: PlanMoney['grid']; limit: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section className="card section" aria-labelledby="plan-grid">
      <h2 id="plan-grid">{t('planner.gridTitle')}</h2>
      <div className="planner-scroll">
        <table className="planner-table grid">
          <thead>
            <tr>
              <th scope="col">{t('planner.gridCorner')}</th>
              {grid.difficultyPercents.map((percent) => (
                <th key={percent} scope="col">
                  <Num>{`${percent > 0 ? '+' : ''}${formats.percent(percent)}`}</Num>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.priceFactors.map((factor, row) => (
              <tr key={factor}>
                <th scope="row">
                  <Num>{`${formats.number(factor, 2)} ×`}</Num>
                </th>
                {(grid.months[row] ?? []).map((months, i) => (
                  <td key={i} data-good={months !== null && months <= limit}>
                    <Num>{months === null ? UNKNOWN : formats.number(months)}</Num>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{t('planner.gridNote')}</p>
    </section>
  );
}
