import { csvCell } from '#shared/csv.ts';
import type { LotBook } from '#shared/ledger.ts';
import { isoWithOffset } from '#shared/time.ts';
import { minorDigitsOf } from '#engine/accounting/lots.ts';
import { fixed } from './csv.ts';

const header = [
  'kind',
  'id',
  'time',
  'timeUtc',
  'sats',
  'source',
  'currency',
  'value',
  'priceSource',
  'priceTime',
  'feeSats',
  'energyKwh',
  'curtailedKwh',
  'exportForgoneKwh',
  'batteryKwh',
  'boughtKwh',
  'energyCost',
  'leftSats',
  'basis',
  'gain',
  'uncoveredSats',
  'lots',
].join(',');

/** Lots and disposals in one table that a spreadsheet opens; unknown cells stay empty. */
export function lotsCsv(book: LotBook, about: { timeZone: string; currency: string; simulated: boolean }): string {
  const time = (atMs: number) => [isoWithOffset(atMs, about.timeZone), new Date(atMs).toISOString()];
  const money = (minor: number | undefined, currency = about.currency) =>
    minor === undefined ? '' : moneyText(minor, minorDigitsOf(currency));
  const kwh = (mwh: number) => fixed(mwh, 6);
  const lots = book.lots.map(({ id, payout, currency, origin, ...lot }) =>
    [
      'lot',
      csvCell(id),
      ...time(payout.receivedMs),
      payout.sats,
      csvCell(payout.source),
      currency,
      money(lot.fairValueMinor, currency),
      csvCell(payout.price?.source),
      payout.price ? new Date(payout.price.atMs).toISOString() : '',
      csvCell(payout.feeSats),
      kwh(Object.values(origin).reduce((sum, part) => sum + part, 0)),
      kwh(origin.avoidedCurtailment + origin.avoidedPaidExport),
      kwh(origin.forgoneExport),
      kwh(origin.batteryFed + origin.deferredCharge),
      kwh(origin.gridFed + origin.contracted + origin.boostFed),
      money(lot.costMinor, currency),
      lot.leftSats,
      money(lot.leftBasisMinor, currency),
      '',
      '',
      '',
    ].join(','),
  );
  const disposals = book.disposals.map(({ id, atMs, sats, parts, ...disposal }) =>
    [
      `disposal ${book.method}`,
      csvCell(id),
      ...time(atMs),
      sats,
      '',
      about.currency,
      money(disposal.proceedsMinor - disposal.feeMinor),
      ...Array.from({ length: 10 }, () => ''),
      money(disposal.basisMinor),
      money(disposal.gainMinor),
      disposal.uncoveredSats,
      csvCell(parts.map((part) => `${part.lotId}: ${part.sats}`).join('; ')),
    ].join(','),
  );
  return [...(about.simulated ? ['# SIMULATED'] : []), header, ...lots, ...disposals, ''].join('\r\n');
}

/** The same book as it is kept: sats, minor units and mWh. */
export const lotsJson = (
  book: LotBook,
  { timeZone, currency, simulated }: { timeZone: string; currency: string; simulated: boolean },
): string => JSON.stringify({ format: 'spillway-lots', version: 1, simulated, timeZone, currency, ...book });

const moneyText = (minor: number, digits: number): string => (digits === 0 ? String(minor) : fixed(minor, digits));
