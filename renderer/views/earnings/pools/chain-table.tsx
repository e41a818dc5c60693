import { useTranslation } from 'react-i18next';
import type { PoolChain } from '#shared/contract/books.ts';
import { orUnknown } from '../../../i18n/formats.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { poolNames } from './pool-names.ts';
import { Num } from '../../../ui/num.tsx';

const nameOf = (poolId: string): string => Object.entries(poolNames).find(([kind]) => kind === poolId)?.[1] ?? poolId;

/** Device → shares → pool → payout, with the drift of each step and its likely cause. */
export function ChainTable({ chains }: { chains: readonly PoolChain[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sats = (value: number | undefined) => orUnknown(value === undefined ? undefined : value * 1000, formats.sats);
  const drift = (value: number | undefined) =>
    value === undefined
      ? ''
      : t(value < 0 ? 'pools.less' : 'pools.more', { share: isolate(formats.percent(Math.abs(value) * 100, 1)) });
  return (
    <section className="card section" aria-labelledby="chains">
      <h2 id="chains">{t('pools.chain')}</h2>
      {chains.map((chain) => (
        <div key={chain.poolId}>
          <h3>
            <bdi>{nameOf(chain.poolId)}</bdi>{' '}
            <small className="muted">{t('pools.since', { date: isolate(formats.date(chain.sinceMs)) })}</small>
          </h3>
          <dl className="chain-steps">
            <Step name={t('pools.device')} value={sats(chain.estimatedSats)} note="" />
            <Step name={t('pools.shares')} value={sats(chain.verifiedSats)} note={drift(chain.deviceDrift)} />
            <Step name={t('pools.credit')} value={sats(chain.creditedSats)} note={drift(chain.drift)} />
            <Step name={t('pools.payout')} value={sats(chain.paidSats)} note="" />
            <Step name={t('pools.unpaid')} value={sats(chain.unpaidSats)} note="" />
          </dl>
          <p>{t(`pools.cause.${chain.cause}`)}</p>
          {chain.blockChance !== undefined && (
            <p className="muted">
              {t('pools.chance', {
                share: isolate(formats.percent(chain.blockChance * 100, 4)),
                sats: isolate(sats(chain.expectedSats)),
              })}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

function Step({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Num>{value}</Num>
      </dd>
      {note && <dd className="muted">{note}</dd>}
    </div>
  );
}
