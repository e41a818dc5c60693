import { useTranslation } from 'react-i18next';
import { addressOf, usePlace } from '../../shell/place.ts';
import { PeriodBar } from '../../periods/period-bar.tsx';
import { useSpan } from '../../periods/use-span.ts';
import { Lots } from './lots/lots.tsx';
import { Overview } from './overview.tsx';
import { Pools } from './pools/pools.tsx';
import { Records } from './records/records.tsx';
import './earnings.css';

const tabs = ['overview', 'lots', 'pools', 'records'] as const;

/** What mining brought, and the books behind it. */
export function EarningsView() {
  const { t } = useTranslation();
  const span = useSpan('month');
  const { params } = usePlace();
  const tab = tabs.find((each) => each === params.get('tab')) ?? 'overview';
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('view.earnings')}</h1>
        <nav className="choices" aria-label={t('books.tabs')}>
          {tabs.map((each) => (
            <a key={each} href={addressOf('earnings', { tab: each })} aria-current={each === tab || undefined}>
              {t(`books.tab.${each}`)}
            </a>
          ))}
          <a href={addressOf('settings', { section: 'prices' })}>{t('books.tab.prices')}</a>
          <a href={addressOf('settings', { section: 'backups' })}>{t('books.tab.backups')}</a>
        </nav>
        {span && tab === 'overview' && <PeriodBar view="earnings" span={span} />}
      </header>
      {tab === 'overview' && <Overview span={span} />}
      {tab === 'lots' && <Lots />}
      {tab === 'pools' && <Pools />}
      {tab === 'records' && <Records />}
    </div>
  );
}
