import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Found } from '#shared/contract/devices.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { useAsk } from '../../../shell/ask.ts';
import { Num } from '../../../ui/num.tsx';

interface Props {
  onTake(found: Found): void;
  knows(found: Found): boolean;
}

/** The search of the network, only on the owner's word. */
export function NetworkSearch({ onTake, knows }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const search = useStream('search');
  const { phase = 'idle', done = 0, total = 0, found = [] } = search ?? {};
  const searching = phase === 'searching';
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <section className="card section network-search">
      <h2>{t('search.title')}</h2>
      <p className="muted">{t('search.what')}</p>
      <p className="form-actions">
        {searching ? (
          <button type="button" className="button" onClick={() => void ask((e) => e.devices.cancelSearch({}))}>
            {t('search.cancel')}
          </button>
        ) : (
          <button
            type="button"
            className={`button${phase === 'idle' ? ' primary' : ''}`}
            disabled={!search}
            onClick={() => void ask((e) => e.devices.startSearch({}))}
          >
            <Radar size={16} aria-hidden />
            {t(phase === 'idle' ? 'search.start' : 'search.again')}
          </button>
        )}
      </p>
      {searching && <progress className="search-progress" max={1} value={share} aria-label={t('search.title')} />}
      {phase !== 'idle' && (
        <output>{t(`search.${phase}`, { share: formats.percent(share * 100), count: found.length })}</output>
      )}
      {found.length > 0 && (
        <ul className="found">
          {found.map((device) => (
            <li key={`${device.kind} ${device.family} ${addressOf(device)}`}>
              <span>
                <strong>
                  <bdi>{device.name}</bdi>
                </strong>{' '}
                <span className="muted">
                  {device.kind === 'load'
                    ? t('search.miner')
                    : device.roles.map((role) => t(`role.${role}`)).join(', ')}{' '}
                  <Num>{addressOf(device)}</Num>
                </span>
              </span>
              <button type="button" className="button small" disabled={!knows(device)} onClick={() => onTake(device)}>
                {t('search.take')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function addressOf({ connection }: Found): string {
  if ('host' in connection) return `${connection.host}:${connection.port}`;
  if ('url' in connection) return connection.url;
  return 'path' in connection ? connection.path : `${connection.group}:${connection.port}`;
}
