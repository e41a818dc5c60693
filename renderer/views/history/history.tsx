import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSpan } from '../../periods/use-span.ts';
import { PeriodBar, useSpanTitle } from '../../periods/period-bar.tsx';
import { shifted, spanOf, type Span } from '../../periods/period.ts';
import { DecisionLog } from './decision-log.tsx';
import { useReport } from '../../periods/use-report.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useShortcuts } from '../../ui/use-shortcuts.ts';
import { ComparePicker, type Compare } from './compare-picker.tsx';
import { ExportMenu } from './export-menu.tsx';
import { HistoryChart } from './history-chart.tsx';
import { Sums } from './sums.tsx';
import './history.css';

/** Longer periods hold more decisions than anyone reads. */
const LOGGED: readonly Span['period'][] = ['day', 'week'];

/** What the ledger holds, by day, week, month, year or all of it. */
export function History() {
  const { t } = useTranslation();
  const formats = useFormats();
  const title = useSpanTitle();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const span = useSpan('day');
  const { report, failure } = useReport(span);
  const [compare, setCompare] = useState<Compare>({ with: 'none', date: '' });
  const [asTable, setAsTable] = useState(false);
  const other = span && comparedWith(span, compare, timeZone);
  const compared = useReport(other);
  const before = useMemo(
    () => (other && compared.report ? { span: other, report: compared.report } : undefined),
    // A span is made anew with each drawing.
    // oxlint-disable-next-line react/exhaustive-deps
    [other?.fromMs, other?.toMs, compared.report],
  );
  useShortcuts({
    KeyG: () => setAsTable(!asTable),
    KeyC: () => setCompare({ ...compare, with: compare.with === 'none' ? 'previous' : 'none' }),
  });
  if (!span) return <h1 className="visually-hidden">{t('view.history')}</h1>;
  return (
    <div className="page history">
      <header className="page-head">
        <h1>{t('view.history')}</h1>
        <PeriodBar view="history" span={span} />
        <div className="page-actions">
          {span.period !== 'all' && (
            <ComparePicker value={{ ...compare, date: compare.date || span.at }} onChange={setCompare} />
          )}
          <ExportMenu span={span} hasChart={!asTable && (report?.rows.length ?? 0) > 0} />
        </div>
      </header>
      {failure && (
        <p className="card notice" role="alert">
          {t('history.failed', { message: failure })}
        </p>
      )}
      {report && (
        <>
          <Sums sum={report.sum} before={other && compared.report?.sum} {...(other && { beforeTitle: title(other) })} />
          {span.period !== 'all' && report.sum.coverage < 0.995 && report.rows.length > 0 && (
            <p className="muted covered">
              {t('history.covered', { share: isolate(formats.percent(report.sum.coverage * 100, 1)) })}
            </p>
          )}
          {report.rows.length === 0 ? (
            <p className="card notice muted">{t('history.empty')}</p>
          ) : (
            <HistoryChart span={span} report={report} before={before} asTable={asTable} onTable={setAsTable} />
          )}
          {LOGGED.includes(span.period) && <DecisionLog span={span} version={report} />}
        </>
      )}
      {!report && !failure && <div className="skeleton history-skeleton" />}
    </div>
  );
}

function comparedWith(span: Span, { with: what, date }: Compare, timeZone: string): Span | undefined {
  if (what === 'none' || span.period === 'all') return undefined;
  if (what === 'other') return spanOf(span.period, date, 0, timeZone);
  return shifted(span, what === 'previous' ? -1 : 'last-year', timeZone);
}
