import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Report } from '#shared/ledger.ts';
import { orUnknown, UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { Num } from '../../ui/num.tsx';
import { minorDigits } from './numbers.ts';
import { useAsked, type Engine } from './use-asked.ts';

const fifo = (engine: Engine) => engine.books.lots({ method: 'fifo' });

/** Estimated, verified by shares, paid; and what is held of it all, then and now. */
export function Chain({ report: { sum, byLoad } }: { report: Report }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const market = useStream('market');
  const currency = useStream('status')?.currency ?? 'EUR';
  const { value: book } = useAsked(fifo);
  const loads = useStream('loads');
  const { estimatedMsat, verifiedMsat, shares } = sum.earnings;
  const unverified = byLoad
    .filter((load) => (load.estimatedMsat ?? 0) > 0 && load.verifiedMsat === undefined)
    .map(({ loadId }) => loads?.find(({ health }) => health.id === loadId)?.health.name ?? loadId);
  const unit = formats.satsUnit ?? t('unit.sats');
  const paid = book?.lots
    .filter(({ payout }) => payout.receivedMs >= sum.startMs && payout.receivedMs < sum.endMs)
    .reduce((all, { payout }) => all + payout.sats, 0);
  const price = market?.old ? undefined : market?.snapshot?.prices[currency];
  const heldNow = book && price !== undefined ? formats.money(Math.round((book.heldSats * price) / 100)) : UNKNOWN;
  const valued = book?.lots.every(({ leftBasisMinor, leftSats }) => leftSats === 0 || leftBasisMinor !== undefined);
  const basis = book?.lots.reduce((all, { leftBasisMinor = 0 }) => all + leftBasisMinor, 0) ?? 0;
  const steps = [
    { id: 'estimated', value: `≈ ${orUnknown(estimatedMsat, formats.sats)}`, note: '' },
    {
      id: 'verified',
      value: orUnknown(verifiedMsat, formats.sats),
      note: shares ? t('books.plusMinus', { share: isolate(formats.percent(100 / Math.sqrt(shares), 1)) }) : '',
    },
    { id: 'paid', value: orUnknown(paid === undefined ? undefined : paid * 1000, formats.sats), note: '' },
  ] as const;
  return (
    <section className="card section chain" aria-label={t('books.chain')}>
      <dl>
        {steps.map(({ id, value, note }, i) => (
          <div key={id}>
            <dt>
              {i > 0 && <ArrowRight size={16} aria-hidden />}
              {t(`books.step.${id}`)}
            </dt>
            <dd>
              <Num>{value}</Num> {unit} {note && <small className="muted">{note}</small>}
            </dd>
          </div>
        ))}
        <div className="chain-held">
          <dt>{t('books.held')}</dt>
          <dd>
            <Num>{orUnknown(book && book.heldSats * 1000, formats.sats)}</Num> {unit}{' '}
            <small className="muted">
              {t('books.worth', {
                now: isolate(heldNow),
                received: isolate(book && valued ? formats.money(basis * 10 ** (6 - minorDigits(currency))) : UNKNOWN),
              })}
            </small>
          </dd>
        </div>
      </dl>
      {unverified.length > 0 && (
        <p className="muted">{t('books.unverified', { names: unverified.map(isolate).join(', ') })}</p>
      )}
      {sum.earnings.latePrice && <p className="muted">{t('books.latePrice')}</p>}
    </section>
  );
}
