import { useTranslation } from 'react-i18next';
import type { MarketSettings } from '#shared/market.ts';
import type { PoolAccount } from '#shared/pool.ts';
import { useStream } from '../../../link/use-engine.ts';
import { useAsk } from '../../../shell/ask.ts';
import { useAsked, type Engine } from '../use-asked.ts';
import { ChainTable } from './chain-table.tsx';
import { CounterTable } from './counter-table.tsx';
import { PoolCard } from './pool-card.tsx';
import { PoolForm } from './pool-form.tsx';

const settingsOf = (engine: Engine) => engine.market.settings({});
const chainsOf = (engine: Engine) => engine.books.chains({});

/** The owner's pools, what they say, and where the chain from device to payout loses something. */
export function Pools() {
  const { t } = useTranslation();
  const ask = useAsk();
  const market = useStream('market');
  const { value: settings, failure, again } = useAsked(settingsOf);
  const { value: chains } = useAsked(chainsOf);

  async function change(next: MarketSettings): Promise<boolean> {
    const done = await ask((engine) => engine.market.changeSettings(next));
    again();
    return done;
  }
  const put = (account: PoolAccount) => {
    const others = settings?.pools.filter(({ id }) => id !== account.id) ?? [];
    return settings ? change({ ...settings, pools: [...others, account] }) : Promise.resolve(false);
  };
  return (
    <>
      {failure && (
        <p className="card notice" role="alert">
          {t('history.failed', { message: failure })}
        </p>
      )}
      <section className="card section" aria-labelledby="pools">
        <h2 id="pools">{t('books.tab.pools')}</h2>
        <p className="field-effect">{t('pools.about')}</p>
        {settings?.pools.length === 0 && <p className="muted">{t('pools.empty')}</p>}
        {settings?.pools.map((account) => (
          <PoolCard
            key={account.id}
            account={account}
            seen={market?.pools?.find(({ id }) => id === account.id)}
            onChange={put}
            onRemove={() => void change({ ...settings, pools: settings.pools.filter(({ id }) => id !== account.id) })}
          />
        ))}
        <PoolForm taken={settings?.pools.map(({ id }) => id) ?? []} onAdd={put} />
      </section>
      {chains && chains.length > 0 && <ChainTable chains={chains} />}
      <CounterTable />
    </>
  );
}
