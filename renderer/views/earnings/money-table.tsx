import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import '../../charts/flow-table.css';

interface Props {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A plain table that scrolls by itself; the first column names the row. */
export function MoneyTable({ label, head, rows }: Props) {
  const { t } = useTranslation();
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="table-scroll" tabIndex={0} aria-label={t('books.table', { name: label })}>
      <table className="flow-table">
        <thead>
          <tr>
            {head.map((each, i) => (
              <th key={i} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, i) => (
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
