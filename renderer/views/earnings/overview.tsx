import { useTranslation } from 'react-i18next';
import type { Span } from '../../periods/period.ts';
import { useReport } from '../../periods/use-report.ts';
import { Chain } from './chain.tsx';
import { ByLoad, ByRow } from './earnings-tables.tsx';
import { Equation } from './equation.tsx';
import { PerKwh } from './per-kwh.tsx';

/** A period's earnings: the chain from estimate to payment, the equation, and both tables. */
export function Overview({ span }: { span: Span | undefined }) {
  const { t } = useTranslation();
  const { report, failure } = useReport(span);
  return (
    <>
      {failure && (
        <p className="card notice" role="alert">
          {t('history.failed', { message: failure })}
        </p>
      )}
      {report && <Chain report={report} />}
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
    </>
  );
}
