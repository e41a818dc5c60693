import { useTranslation } from 'react-i18next';
import type { PlanYear, Side, Steadiness } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

const energies = [
  'potential',
  'lost',
  'draw',
  'demand',
  'import',
  'export',
  'unserved',
] as const satisfies (keyof Side)[];
const powers = ['rampW', 'spreadW', 'peakExportW', 'peakImportW'] as const satisfies (keyof Steadiness)[];

/** The usual year beside the year with mining: energy, money and how steady the exchange with the grid is. */
export function YearTable({ year, currency }: { year: PlanYear; currency: string }) {
  const { t } = useTranslation();
  const formats = useFormats(currency);
  const row = (name: string, usual: string, mining: string) => (
    <tr key={name}>
      <th scope="row">{name}</th>
      <td>
        <Num>{usual}</Num>
      </td>
      <td>
        <Num>{mining}</Num>
      </td>
    </tr>
  );
  return (
    <section className="card section" aria-labelledby="plan-year">
      <h2 id="plan-year">{t('planner.yearTitle')}</h2>
      <div className="planner-scroll">
        <table className="planner-table">
          <thead>
            <tr>
              <th scope="col">{t('planner.figure')}</th>
              <th scope="col">{t('planner.usual')}</th>
              <th scope="col">{t('planner.mining')}</th>
            </tr>
          </thead>
          <tbody>
            {energies
              .filter((id) => year.usual[id] > 0 || year.mining[id] > 0)
              .map((id) =>
                row(t(`planner.energy.${id}`), formats.energy(year.usual[id]), formats.energy(year.mining[id])),
              )}
            {row(
              t('planner.energyCost'),
              formats.money(year.usual.energyCostMicro),
              formats.money(year.mining.energyCostMicro),
            )}
            {powers.map((id) =>
              row(
                t(`planner.steady.${id}`),
                formats.power(year.steadiness.usual[id]),
                formats.power(year.steadiness.mining[id]),
              ),
            )}
            {(year.cycles.usual > 0 || year.cycles.mining > 0) &&
              row(t('planner.cycles'), formats.number(year.cycles.usual), formats.number(year.cycles.mining))}
          </tbody>
        </table>
      </div>
      <p className="muted">
        {t('planner.running', { h: formats.number(year.runningHours), n: formats.number(year.starts) })}
        {year.avoidedCo2Kg !== undefined && ` ${t('planner.co2', { kg: formats.number(year.avoidedCo2Kg) })}`}
      </p>
    </section>
  );
}
