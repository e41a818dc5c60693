import { useTranslation } from 'react-i18next';
import type { PlanMonth } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

/** Month by month what was lost before, what is mined now and what is still lost, to one scale. */
export function MonthBars({ months, timeZone }: { months: readonly PlanMonth[]; timeZone: string }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const most = Math.max(1, ...months.map(({ usual, mining }) => Math.max(usual.lost, mining.draw + mining.lost)));
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone });
  const bar = (what: 'usual' | 'draw' | 'lost', mwh: number) => (
    <span className="month-bar" data-what={what} style={{ inlineSize: `${(100 * mwh) / most}%` }} />
  );
  return (
    <section className="card section" aria-labelledby="plan-months">
      <h2 id="plan-months">{t('planner.monthsTitle')}</h2>
      <div className="planner-scroll">
        <table className="planner-table months">
          <thead>
            <tr>
              <th scope="col">{t('planner.month')}</th>
              <th scope="col">{t('planner.lostUsual')}</th>
              <th scope="col">{t('planner.energy.draw')}</th>
              <th scope="col">{t('planner.lostMining')}</th>
              <th scope="col">{t('planner.toScale')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ startMs, usual, mining }) => (
              <tr key={startMs}>
                <th scope="row">{name.format(startMs)}</th>
                {[usual.lost, mining.draw, mining.lost].map((mwh, i) => (
                  <td key={i}>
                    <Num>{formats.energy(mwh)}</Num>
                  </td>
                ))}
                <td className="month-bars" aria-hidden>
                  {bar('usual', usual.lost)}
                  <span className="month-stack">
                    {bar('draw', mining.draw)}
                    {bar('lost', mining.lost)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
