import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { Num } from '../ui/num.tsx';
import { useFlowValue } from './flow-values.tsx';
import type { SeriesId } from './series.ts';
import './flow-table.css';

interface Props {
  rows: readonly ReportRow[];
  sum?: ReportRow;
  series: readonly SeriesId[];
  label: (row: ReportRow) => string;
  caption: string;
}

/** The same rows as the chart, as energies. */
export function FlowTable({ rows, sum, series, label, caption }: Props) {
  const { t } = useTranslation();
  const value = useFlowValue();
  const cells = (row: ReportRow) =>
    series.map((each) => (
      <td key={each}>
        <Num>{value(row, each, 'energy')}</Num>
      </td>
    ));
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table className="flow-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {series.map((each) => (
              <th key={each} scope="col">
                {t(`series.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.startMs}>
              <th scope="row">
                <bdi>{label(row)}</bdi>
              </th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
        {sum && (
          <tfoot>
            <tr>
              <th scope="row">{t('chart.sum')}</th>
              {cells(sum)}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
