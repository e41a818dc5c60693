import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LotBook } from '#shared/ledger.ts';
import { orUnknown } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { MoneyTable } from '../money-table.tsx';
import { minorDigits } from '../numbers.ts';

interface Props {
  disposals: LotBook['disposals'];
  onRemove: (id: string) => void;
}

/** What was sold or spent, from which lots, and what it gained. */
export function DisposalTable({ disposals, onRemove }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const currency = useStream('status')?.currency ?? 'EUR';
  const money = (minor: number) => formats.money(minor * 10 ** (6 - minorDigits(currency)));
  return (
    <MoneyTable
      label={t('lots.disposals')}
      head={[
        t('lots.when'),
        t('lots.sats'),
        t('lots.proceeds'),
        t('lots.fee'),
        t('lots.basis'),
        t('lots.gain'),
        t('lots.fromLots'),
        t('lots.uncovered'),
        t('lots.note'),
        t('books.actions'),
      ]}
      rows={disposals.toReversed().map((disposal) => ({
        key: disposal.id,
        cells: [
          <bdi key="at">{`${formats.date(disposal.atMs)} ${formats.time(disposal.atMs)}`}</bdi>,
          <Num key="sats">{formats.sats(disposal.sats * 1000)}</Num>,
          <Num key="proceeds">{money(disposal.proceedsMinor)}</Num>,
          <Num key="fee">{money(disposal.feeMinor)}</Num>,
          <Num key="basis">{orUnknown(disposal.basisMinor, money)}</Num>,
          <Num key="gain">{orUnknown(disposal.gainMinor, money)}</Num>,
          <Num key="lots">{formats.number(disposal.parts.length)}</Num>,
          <Num key="uncovered">{formats.sats(disposal.uncoveredSats * 1000)}</Num>,
          <bdi key="note">{disposal.note ?? ''}</bdi>,
          <button
            key="remove"
            type="button"
            className="button plain small"
            aria-label={t('lots.remove', { id: disposal.id })}
            onClick={() => onRemove(disposal.id)}
          >
            <X size={16} aria-hidden />
          </button>,
        ],
      }))}
    />
  );
}
