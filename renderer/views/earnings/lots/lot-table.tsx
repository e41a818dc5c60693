import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotBook } from '#shared/ledger.ts';
import { orUnknown, UNKNOWN } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Num } from '../../../ui/num.tsx';
import { MoneyTable } from '../money-table.tsx';
import { minorDigits, numberOf } from '../numbers.ts';

interface Props {
  lots: LotBook['lots'];
  onPrice: (id: string, perBitcoin: number) => void;
}

/** One row a lot: when, how much, what it was worth, and the energy behind it by its origin. */
export function LotTable({ lots, onPrice }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = (minor: number | undefined, currency: string) =>
    orUnknown(minor, (value) => formats.money(value * 10 ** (6 - minorDigits(currency))));
  return (
    <MoneyTable
      label={t('books.tab.lots')}
      head={[
        t('lots.received'),
        t('lots.sats'),
        t('lots.left'),
        t('lots.value'),
        t('lots.cost'),
        t('lots.curtailed'),
        t('lots.forgone'),
        t('lots.battery'),
        t('lots.bought'),
        t('lots.source'),
        t('lots.id'),
      ]}
      rows={lots.toReversed().map(({ id, payout, currency, origin, ...lot }) => ({
        key: id,
        cells: [
          <bdi key="at">{`${formats.date(payout.receivedMs)} ${formats.time(payout.receivedMs)}`}</bdi>,
          <Num key="sats">{formats.sats(payout.sats * 1000)}</Num>,
          <Num key="left">{formats.sats(lot.leftSats * 1000)}</Num>,
          lot.fairValueMinor === undefined ? (
            <PriceEntry key="value" currency={currency} onPrice={(price) => onPrice(id, price)} />
          ) : (
            <Num key="value">{money(lot.fairValueMinor, currency)}</Num>
          ),
          <Num key="cost">{money(lot.costMinor, currency)}</Num>,
          <Num key="curtailed">{formats.energy(origin.avoidedCurtailment + origin.avoidedPaidExport)}</Num>,
          <Num key="forgone">{formats.energy(origin.forgoneExport)}</Num>,
          <Num key="battery">{formats.energy(origin.batteryFed + origin.deferredCharge)}</Num>,
          <Num key="bought">{formats.energyExact(origin.gridFed + origin.contracted + origin.boostFed)}</Num>,
          <bdi key="source">{payout.source}</bdi>,
          <bdi key="id" dir="ltr" className="long-id" title={id}>
            {id}
          </bdi>,
        ],
      }))}
    />
  );
}

/** A missing price is a dash that can be filled in. */
function PriceEntry({ currency, onPrice }: { currency: string; onPrice: (perBitcoin: number) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string>();
  if (text === undefined)
    return (
      <>
        {UNKNOWN}{' '}
        <button type="button" className="button plain small" onClick={() => setText('')}>
          {t('lots.enterPrice')}
        </button>
      </>
    );
  const price = numberOf(text);
  return (
    <form
      className="form-row"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== undefined && price > 0) onPrice(price);
      }}
    >
      <input
        // The owner asked for it just now.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        inputMode="decimal"
        dir="ltr"
        size={9}
        aria-label={t('lots.perBitcoin', { currency })}
        placeholder={`${currency}/BTC`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button small" disabled={price === undefined || price <= 0}>
        {t('books.save')}
      </button>
    </form>
  );
}
