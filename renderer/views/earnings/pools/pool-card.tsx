import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MarketView } from '#shared/market.ts';
import type { PoolAccount } from '#shared/pool.ts';
import { orUnknown, UNKNOWN } from '../../../i18n/formats.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Num } from '../../../ui/num.tsx';
import { Switch } from '../../settings/switch.tsx';
import '../../settings/settings.css';
import { poolNames } from './pool-names.ts';

interface Props {
  account: PoolAccount;
  seen: NonNullable<MarketView['pools']>[number] | undefined;
  onChange: (account: PoolAccount) => void;
  onRemove: () => void;
}

/** One account: what the pool told last and when, what keeps it from telling, and a switch. */
export function PoolCard({ account, seen, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { state, problem } = seen ?? {};
  const clock = (atMs: number) => isolate(`${formats.date(atMs, 'short')} ${formats.time(atMs)}`);
  const unit = formats.satsUnit ?? t('unit.sats');
  const sats = (value: number | undefined) => orUnknown(value === undefined ? undefined : value * 1000, formats.sats);
  return (
    <article className="pool" aria-label={poolNames[account.kind]}>
      <header className="section-head">
        <h3>{poolNames[account.kind]}</h3>
        <bdi className="muted long-id" dir="ltr">
          {account.user}
        </bdi>
        <div className="page-actions">
          <Switch
            label={t('pools.asked')}
            checked={!account.off}
            onChange={(on) => onChange({ ...account, off: !on })}
          />
          <button
            type="button"
            className="button plain small"
            onClick={onRemove}
            aria-label={t('pools.remove', { name: poolNames[account.kind] })}
          >
            <X size={16} aria-hidden />
          </button>
        </div>
      </header>
      <dl className="pool-figures">
        <dt>{t('pools.hashrate')}</dt>
        <dd>
          <Num>{orUnknown(state?.hashrateThs, formats.hashrate)}</Num>
        </dd>
        {state?.solo ? (
          <>
            <dt>{t('pools.solo')}</dt>
            <dd>{t('pools.soloMeans')}</dd>
          </>
        ) : (
          <>
            <dt>{t('pools.unpaid')}</dt>
            <dd>
              <Num>{sats(state?.unpaidSats)}</Num> {unit}
            </dd>
          </>
        )}
        <dt>{t('pools.told')}</dt>
        <dd>{state ? clock(state.atMs) : UNKNOWN}</dd>
      </dl>
      {problem && !account.off && (
        <p className="field-problem" role="alert">
          {t('pools.problem', { message: problem.message, at: clock(problem.nextTryMs) })}
        </p>
      )}
    </article>
  );
}
