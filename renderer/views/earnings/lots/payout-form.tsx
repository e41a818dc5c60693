import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../../link/use-engine.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { numberOf } from '../numbers.ts';
import type { useTake } from '../use-asked.ts';
import { siteInstant } from './site-instant.ts';

const empty = { id: '', received: '', sats: '', source: '', price: '' };

/** A payout typed in: what no pool tells, or an address that is paid directly. */
export function PayoutForm({ take }: Pick<ReturnType<typeof useTake>, 'take'>) {
  const { t } = useTranslation();
  const status = useStream('status');
  const [draft, setDraft] = useState(empty);
  const { id, source } = draft;
  const receivedMs = siteInstant(draft.received, status?.timeZone ?? 'UTC');
  const sats = numberOf(draft.sats);
  const perBitcoin = numberOf(draft.price);
  const ready = id !== '' && receivedMs !== undefined && sats !== undefined && sats > 0 && Number.isInteger(sats);

  async function add() {
    if (!ready) return;
    const price = perBitcoin === undefined ? {} : { price: { perBitcoin, source: 'typed in', atMs: receivedMs } };
    const payout = { id, receivedMs, sats, source: source || t('lots.byHand'), ...price };
    if (await take((engine) => engine.books.addPayouts({ payouts: [payout] }))) setDraft(empty);
  }
  const field = (key: keyof typeof empty) => ({
    value: draft[key],
    onChange: (value: string) => setDraft((before) => ({ ...before, [key]: value })),
  });
  return (
    <details className="entry">
      <summary>{t('lots.addPayout')}</summary>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField label={t('lots.id')} hint={t('lots.idHint')} required {...field('id')} />
        <TextField label={t('lots.received')} placeholder="2026-06-01 12:00" required {...field('received')} />
        <TextField label={t('lots.sats')} type="number" required {...field('sats')} />
        <TextField label={t('lots.source')} {...field('source')} />
        <TextField
          label={t('lots.perBitcoin', { currency: status?.currency ?? '' })}
          type="number"
          {...field('price')}
        />
        <button type="submit" className="button primary" disabled={!ready}>
          {t('lots.add')}
        </button>
      </form>
    </details>
  );
}
