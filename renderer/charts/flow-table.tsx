import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { Num } from '../ui/num.tsx';
import { useFlowValue } from './flow-values.tsx';
import { flowOf, type SeriesId } from './series.ts';
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
  const [sort, setSort] = useState<Sort>();
  const sorted = useMemo(() => sortedRows(rows, sort), [rows, sort]);
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
            <SortHead by="time" name={t('chart.time')} sort={sort} onSort={setSort} />
            {series.map((each) => (
              <SortHead key={each} by={each} name={t(`series.${each}`)} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
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

/** Absent: as the rows came. */
type Sort = { by: SeriesId | 'time'; down: boolean } | undefined;

/** What is unknown stands last, whichever way. */
function sortedRows(rows: readonly ReportRow[], sort: Sort): readonly ReportRow[] {
  if (!sort) return rows;
  const { by, down } = sort;
  const keyOf = (row: ReportRow) => (by === 'time' ? row.startMs : flowOf(row.flows, by));
  return rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return down ? right - left : left - right;
  });
}

interface HeadProps {
  by: SeriesId | 'time';
  name: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** First press: the largest on top; then the smallest; then as it was. */
function SortHead({ by, name, sort, onSort }: HeadProps) {
  const mine = sort?.by === by ? sort : undefined;
  const next: Sort = mine ? (mine.down ? { by, down: false } : undefined) : { by, down: true };
  return (
    <th scope="col" aria-sort={mine ? (mine.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort-head" onClick={() => onSort(next)}>
        {name}
        {mine && <span aria-hidden>{mine.down ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
}
