import type { Plan } from '#shared/plan.ts';

/** What the plan buys before the first hash, currency. */
export const capitalOf = ({ loads, battery, economics }: Plan): number =>
  loads.reduce((sum, { priceEach, count }) => sum + priceEach * count, 0) +
  (battery?.price ?? 0) +
  economics.otherCapital;

/** Repair costs half the price of a device. */
export const REPAIR_SHARE = 0.5;

/** Failures of all devices that a month brings on average, currency. */
export const failuresPerMonth = ({ loads }: Plan): number =>
  loads.reduce(
    (sum, { priceEach, count, failuresPerYear }) => sum + priceEach * count * failuresPerYear * REPAIR_SHARE,
    0,
  ) / 12;
