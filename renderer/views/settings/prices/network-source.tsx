import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketSettings } from '#shared/market.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { useAsk } from '../../../shell/ask.ts';
import { saveSecret } from '../../../shell/shell-port.ts';
import { SelectField, TextField } from '../../devices/add/form-fields.tsx';
import { numberOf, textOf } from '../../earnings/numbers.ts';
import { TypedPrice } from './typed-price.tsx';

const kinds = ['off', 'mempool', 'bitcoin-core'] as const;
const SECRET = 'bitcoin-core';

interface Props {
  settings: MarketSettings;
  currency: string;
  onSaved: () => void;
}

/** Where difficulty and the price of bitcoin come from; nobody is asked unless the owner wants it. */
export function NetworkSource({ settings, currency, onSaved }: Props) {
  const { t } = useTranslation();
  const ask = useAsk();
  const formats = useFormats();
  const market = useStream('market');
  const { source } = settings;
  const [kind, setKind] = useState<(typeof kinds)[number]>(source.kind);
  const [baseUrl, setBaseUrl] = useState('baseUrl' in source ? source.baseUrl : '');
  const [user, setUser] = useState('user' in source ? source.user : '');
  const [password, setPassword] = useState('');
  const [everyMin, setEveryMin] = useState(textOf(settings.everyMin));
  const [problem, setProblem] = useState<string>();

  async function save() {
    const url = baseUrl === '' ? {} : { baseUrl };
    const secret = password !== '' || ('secret' in source && source.secret !== undefined) ? { secret: SECRET } : {};
    const chosen =
      kind === 'off' ? { kind } : kind === 'mempool' ? { kind, ...url } : { kind, ...url, user, ...secret };
    const wanted = MarketSettings.safeParse({ ...settings, source: chosen, everyMin: numberOf(everyMin) });
    setProblem(wanted.success ? undefined : wanted.error.issues[0]?.message);
    if (!wanted.success) return;
    if (kind === 'bitcoin-core' && password !== '') {
      if (!(await ask((engine) => saveSecret(engine, SECRET, password)))) return;
    }
    if (await ask((engine) => engine.market.changeSettings(wanted.data))) onSaved();
  }
  const snapshot = market?.snapshot;
  return (
    <section className="card section" aria-labelledby="network">
      <h2 id="network">{t('prices.network')}</h2>
      {snapshot && (
        <p className={market.old ? 'field-problem' : 'muted'}>
          {t(market.bundled ? 'earnings.bundledPrice' : 'earnings.priceFrom', {
            source: snapshot.source,
            date: isolate(`${formats.date(snapshot.atMs)}, ${formats.time(snapshot.atMs)}`),
          })}{' '}
          {t('prices.height', { height: isolate(formats.number(snapshot.height)) })}
        </p>
      )}
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <SelectField
          label={t('prices.source')}
          value={kind}
          options={kinds.map((each) => [each, t(`prices.kind.${each}`)] as const)}
          onChange={(next) => {
            setKind(next);
            setBaseUrl('');
          }}
        />
        {kind !== 'off' && (
          <>
            <TextField
              label={t('prices.url')}
              placeholder={kind === 'mempool' ? 'https://mempool.space' : 'http://127.0.0.1:8332'}
              value={baseUrl}
              onChange={setBaseUrl}
            />
            <TextField label={t('prices.every')} type="number" unit="min" value={everyMin} onChange={setEveryMin} />
          </>
        )}
        {kind === 'bitcoin-core' && (
          <>
            <TextField label={t('add.user')} value={user} onChange={setUser} />
            <TextField label={t('add.password')} type="password" value={password} onChange={setPassword} />
          </>
        )}
        <button type="submit" className="button primary">
          {t('books.save')}
        </button>
      </form>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {snapshot && <TypedPrice snapshot={snapshot} currency={currency} />}
    </section>
  );
}
