import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolAccount, PoolKind } from '#shared/pool.ts';
import { useAsk } from '../../../shell/ask.ts';
import { saveSecret } from '../../../shell/shell-port.ts';
import { SelectField, TextField } from '../../devices/add/form-fields.tsx';
import { poolNames, withToken } from './pool-names.ts';

interface Props {
  taken: readonly string[];
  onAdd: (account: PoolAccount) => Promise<boolean>;
}

const kinds = Object.keys(poolNames) as PoolKind[];
const empty = { user: '', token: '', baseUrl: '' };

/** An account to ask; its token goes to the secrets and is only named in the settings. */
export function PoolForm({ taken, onAdd }: Props) {
  const { t } = useTranslation();
  const ask = useAsk();
  const [kind, setKind] = useState<PoolKind>('braiins');
  const [draft, setDraft] = useState(empty);
  const needsToken = withToken.includes(kind);
  const ready = draft.user !== '' && (!needsToken || draft.token !== '');

  async function add() {
    let id: string = kind;
    for (let n = 2; taken.includes(id); n += 1) id = `${kind}-${n}`;
    const secret = `pool-${id}`;
    if (needsToken && !(await ask((engine) => saveSecret(engine, secret, draft.token)))) return;
    const account = {
      id,
      kind,
      user: draft.user,
      off: false,
      ...(needsToken ? { secret } : {}),
      ...(draft.baseUrl === '' ? {} : { baseUrl: draft.baseUrl }),
    };
    if (await onAdd(account)) setDraft(empty);
  }
  const field = (key: keyof typeof empty) => ({
    value: draft[key],
    onChange: (value: string) => setDraft((before) => ({ ...before, [key]: value })),
  });
  return (
    <details className="entry">
      <summary>{t('pools.add')}</summary>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void add();
        }}
      >
        <SelectField
          label={t('pools.pool')}
          value={kind}
          options={kinds.map((each) => [each, poolNames[each]] as const)}
          onChange={(next) => setKind(next)}
        />
        <TextField label={t(needsToken ? 'pools.user' : 'pools.address')} required {...field('user')} />
        {needsToken && (
          <TextField
            label={t('pools.token')}
            type="password"
            hint={t('pools.tokenHint')}
            required
            {...field('token')}
          />
        )}
        <TextField label={t('pools.baseUrl')} hint={t('pools.baseUrlHint')} {...field('baseUrl')} />
        <button type="submit" className="button primary" disabled={!ready}>
          {t('lots.add')}
        </button>
      </form>
    </details>
  );
}
