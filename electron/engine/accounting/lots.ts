import type { Disposal, Lot, LotBook, LotMethod } from '#shared/ledger.ts';

type Part = LotBook['disposals'][number]['parts'][number];

interface OpenLot {
  lot: Lot;
  soldSats: number;
}

/** Assigns disposals to lots. Only what was received before a disposal can be in it; parts of a lot sum to the lot. */
export function bookLots(lots: readonly Lot[], disposals: readonly Disposal[], method: LotMethod): LotBook {
  const open: OpenLot[] = lots
    .toSorted((a, b) => a.payout.receivedMs - b.payout.receivedMs || (a.id < b.id ? -1 : 1))
    .map((lot) => ({ lot, soldSats: 0 }));
  const booked = disposals
    .toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
    .map((disposal) => take(disposal, inOrder(open, disposal.atMs, method)));
  const left = open.map(({ lot, soldSats }) => {
    const leftSats = lot.payout.sats - soldSats;
    const basis = basisOf(lot, soldSats, lot.payout.sats);
    return { ...lot, leftSats, ...(basis === undefined ? {} : { leftBasisMinor: basis }) };
  });
  return { method, lots: left, disposals: booked, heldSats: left.reduce((sum, { leftSats }) => sum + leftSats, 0) };
}

function inOrder(open: readonly OpenLot[], atMs: number, method: LotMethod): OpenLot[] {
  const there = open.filter(({ lot, soldSats }) => lot.payout.receivedMs <= atMs && soldSats < lot.payout.sats);
  if (method === 'fifo') return there;
  if (method === 'lifo') return there.toReversed();
  // A lot without a value cannot be shown to have cost much: it comes last.
  const perSat = ({ lot }: OpenLot) => (lot.fairValueMinor ?? -1) / lot.payout.sats;
  return there.toSorted((a, b) => perSat(b) - perSat(a));
}

function take(disposal: Disposal, open: readonly OpenLot[]): LotBook['disposals'][number] {
  const parts: Part[] = [];
  let left = disposal.sats;
  for (const from of open) {
    if (left === 0) break;
    const sats = Math.min(left, from.lot.payout.sats - from.soldSats);
    const basisMinor = basisOf(from.lot, from.soldSats, from.soldSats + sats);
    const heldMs = disposal.atMs - from.lot.payout.receivedMs;
    parts.push({ lotId: from.lot.id, sats, heldMs, ...(basisMinor === undefined ? {} : { basisMinor }) });
    from.soldSats += sats;
    left -= sats;
  }
  const known = left === 0 && parts.every(({ basisMinor }) => basisMinor !== undefined);
  if (!known) return { ...disposal, parts, uncoveredSats: left };
  const basisMinor = parts.reduce((sum, part) => sum + (part.basisMinor ?? 0), 0);
  const gainMinor = disposal.proceedsMinor - disposal.feeMinor - basisMinor;
  return { ...disposal, parts, uncoveredSats: 0, basisMinor, gainMinor };
}

/** Value of the sats from one place in the lot to another: differences of one running sum, so that no cent goes astray. */
function basisOf({ fairValueMinor, payout }: Lot, fromSats: number, toSats: number): number | undefined {
  if (fairValueMinor === undefined) return undefined;
  // 21e14 sats × cents do not fit a double.
  const upTo = (sats: number) => Number((BigInt(fairValueMinor) * BigInt(sats)) / BigInt(payout.sats));
  return upTo(toSats) - upTo(fromSats);
}

/** @returns minor units of sats at a price per bitcoin, rounded to the nearest */
export function fairValueMinor(sats: number, perBitcoin: number, minorDigits: number): number {
  return Math.round((sats * perBitcoin * 10 ** minorDigits) / 100_000_000);
}

/** Digits behind the dot of a currency: 2 for EUR, 0 for JPY. */
export const minorDigitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
