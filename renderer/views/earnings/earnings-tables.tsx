import { useTranslation } from 'react-i18next';
import type { Report, ReportRow } from '#shared/ledger.ts';
import { orUnknown } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import type { Span } from '../../periods/period.ts';
import { Num } from '../../ui/num.tsx';
import '../../charts/flow-table.css';

export function ByRow({ report, span }: { report: Report; span: Span }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const mined = report.rows.filter(({ flows }) => (flows.draw ?? 0) > 0);
  const label = ({ startMs }: ReportRow) => {
    if (span.resolution === 'slot') return formats.time(startMs);
    if (span.resolution === 'hour') return `${formats.date(startMs, 'short')} ${formats.time(startMs)}`;
    return formats.date(startMs, span.resolution === 'day' ? 'short' : 'month');
  };
  return (
    <section className="card section" aria-labelledby="by-row">
      <h2 id="by-row">{t('earnings.byTime')}</h2>
      <Table
        head={t('chart.time')}
        rows={mined.toReversed().map((row) => ({
          key: String(row.startMs),
          name: label(row),
          draw: row.flows.draw,
          sats: row.earnings.estimatedMsat,
          micro: row.earnings.earningsMicro,
        }))}
      />
    </section>
  );
}

export function ByLoad({ report }: { report: Report }) {
  const { t } = useTranslation();
  const loads = useStream('loads');
  return (
    <section className="card section" aria-labelledby="by-load">
      <h2 id="by-load">{t('earnings.byMiner')}</h2>
      <Table
        head={t('earnings.miner')}
        rows={report.byLoad.map(({ loadId, draw, estimatedMsat }) => ({
          key: loadId,
          name: loads?.find(({ health }) => health.id === loadId)?.health.name ?? loadId,
          draw,
          sats: estimatedMsat,
        }))}
      />
    </section>
  );
}

interface TableRow {
  key: string;
  name: string;
  draw: number | undefined;
  sats: number | undefined;
  micro?: number | undefined;
}

function Table({ head, rows }: { head: string; rows: TableRow[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const withMoney = rows.some((row) => 'micro' in row);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="table-scroll" tabIndex={0} aria-label={head}>
      <table className="flow-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t('sum.mined')}</th>
            <th scope="col">{`${t('sum.sats')} (${formats.satsUnit ?? t('unit.sats')})`}</th>
            {withMoney && <th scope="col">{t('sum.earnings')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, draw, sats, micro }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <Num>{orUnknown(draw, formats.energy)}</Num>
              </td>
              <td>
                <Num>{orUnknown(sats, formats.sats)}</Num>
              </td>
              {withMoney && (
                <td>
                  <Num>{orUnknown(micro, formats.money)}</Num>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
