import { useTranslation } from 'react-i18next';
import type { PlanMoney } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';
import { useFieldName } from './use-field-name.ts';

/** How far the money at the horizon moves when one figure alone is lower or higher; the strongest first. */
export function Sensitivity({ money, currency }: { money: PlanMoney; currency: string }) {
  const { t } = useTranslation();
  const formats = useFormats(currency);
  const fieldName = useFieldName();
  const rows = money.sensitivity.toSorted((a, b) => spread(b) - spread(a));
  const most = Math.max(1, ...rows.map(({ lowMicro, highMicro }) => Math.max(Math.abs(lowMicro), Math.abs(highMicro))));
  const bar = (micro: number) => (
    <span className="sense-bar" data-sign={micro < 0 ? 'less' : 'more'} aria-hidden>
      <span style={{ inlineSize: `${(100 * Math.abs(micro)) / most}%` }} />
    </span>
  );
  if (rows.length === 0) return null;
  return (
    <section className="card section" aria-labelledby="plan-sense">
      <h2 id="plan-sense">{t('planner.sensitivityTitle')}</h2>
      <div className="planner-scroll">
        <table className="planner-table">
          <tbody>
            {rows.flatMap(({ field, low, high, lowMicro, highMicro }) =>
              [['low', low, lowMicro] as const, ['high', high, highMicro] as const].map(([side, value, micro]) => (
                <tr key={`${field} ${side}`}>
                  <th scope="row">
                    {fieldName(field)} {/* A weather year's number says nothing to a reader. */}
                    {field !== 'weather' && <Num>{formats.number(value, Number.isInteger(value) ? 0 : 2)}</Num>}
                  </th>
                  <td>
                    <Num>{`${micro > 0 ? '+' : ''}${formats.money(micro)}`}</Num>
                  </td>
                  <td className="sense">{bar(micro)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const spread = (row: PlanMoney['sensitivity'][number]) => Math.abs(row.highMicro - row.lowMicro);
