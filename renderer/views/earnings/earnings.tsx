import { useTranslation } from 'react-i18next';
import { PeriodBar } from '../../periods/period-bar.tsx';
import { useReport } from '../../periods/use-report.ts';
import { useSpan } from '../../periods/use-span.ts';
import { ByLoad, ByRow } from './earnings-tables.tsx';
import { Equation } from './equation.tsx';
import { PerKwh } from './per-kwh.tsx';
import './earnings.css';

/** What mining brought beyond what the energy would have brought otherwise. */
export function EarningsView() {
  const { t } = useTranslation();
  const span = useSpan('month');
  const { report, failure } = useReport(span);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('view.earnings')}</h1>
        {span && <PeriodBar view="earnings" span={span} />}
      </header>
      {failure && (
        <p className="card notice" role="alert">
          {t('history.failed', { message: failure })}
        </p>
      )}
      {report && !report.sum.flows.draw && <p className="card notice muted">{t('earnings.empty')}</p>}
      {report && (report.sum.flows.draw ?? 0) > 0 && (
        <>
          <Equation sum={report.sum} />
          <PerKwh sum={report.sum} />
          <div className="earnings-tables">
            {span && <ByRow report={report} span={span} />}
            <ByLoad report={report} />
          </div>
        </>
      )}
      <p className="muted earnings-foot">{t('earnings.estimatedMeans')}</p>
    </div>
  );
}
