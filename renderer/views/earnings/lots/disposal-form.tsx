import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../../link/use-engine.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { minorDigits, numberOf } from '../numbers.ts';
import type { useTake } from '../use-asked.ts';
import { siteInstant } from './site-instant.ts';

const empty = { at: '', sats: '', proceeds: '', fee: '', note: '' };

/** A sale or payment typed in. */
export function DisposalForm({ take }: Pick<ReturnType<typeof useTake>, 'take'>) {
  const { t } = useTranslation();
  const status = useStream('status');
  const currency = status?.currency ?? 'EUR';
  const [draft, setDraft] = useState(empty);
  const atMs = siteInstant(draft.at, status?.timeZone ?? 'UTC');
  const sats = numberOf(draft.sats);
  const proceeds = numberOf(draft.proceeds);
  const ready =
    atMs !== undefined && proceeds !== undefined && sats !== undefined && sats > 0 && Number.isInteger(sats);

  async function add() {
    if (!ready) return;
    const minor = (value: number) => Math.round(value * 10 ** minorDigits(currency));
    const disposal = {
      // The same sale twice is one.
      id: `${new Date(atMs).toISOString()} ${sats}`,
      atMs,
      sats,
      proceedsMinor: minor(proceeds),
      feeMinor: minor(numberOf(draft.fee) ?? 0),
      ...(draft.note === '' ? {} : { note: draft.note }),
    };
    if (await take((engine) => engine.books.addDisposals({ disposals: [disposal] }))) setDraft(empty);
  }
  const field = (key: keyof typeof empty) => ({
    value: draft[key],
    onChange: (value: string) => setDraft((before) => ({ ...before, [key]: value })),
  });
  return (
    <details className="entry">
      <summary>{t('lots.addDisposal')}</summary>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField label={t('lots.when')} placeholder="2026-06-01 12:00" required {...field('at')} />
        <TextField label={t('lots.sats')} type="number" required {...field('sats')} />
        <TextField label={t('lots.proceeds')} type="number" unit={currency} required {...field('proceeds')} />
        <TextField label={t('lots.fee')} type="number" unit={currency} {...field('fee')} />
        <TextField label={t('lots.note')} {...field('note')} />
        <button type="submit" className="button primary" disabled={!ready}>
          {t('lots.add')}
        </button>
      </form>
    </details>
  );
}
