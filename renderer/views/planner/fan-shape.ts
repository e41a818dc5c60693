import type { PlanMoney } from '#shared/plan-result.ts';

export const WIDTH = 720;
export const HEIGHT = 240;
export const LEFT = 8;
const BOTTOM = 24;
const TOP = 12;
const MONTHS_A_YEAR = 12;
/** The fan is in whole currency, every other amount in millionths. */
export const MICRO = 1e6;

export interface FanShape {
  /** Corners, `x,y`. */
  band: string[];
  middle: string[];
  zeroY: number;
  /** A mark each year. */
  marks: { month: number; x: number }[];
  last: PlanMoney['fan'][number];
}

/** Where the fan's lines lie in a frame of 720 by 240; undefined without months. */
export function fanShape({ fan, capitalMicro }: Pick<PlanMoney, 'fan' | 'capitalMicro'>): FanShape | undefined {
  const last = fan.at(-1);
  if (!last) return undefined;
  const low = Math.min(-capitalMicro / MICRO, ...fan.map(({ p10 }) => p10));
  const high = Math.max(1, ...fan.map(({ p90 }) => p90));
  const x = (month: number) => LEFT + ((WIDTH - 2 * LEFT) * month) / last.month;
  const y = (amount: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - amount)) / (high - low);
  const line = (part: 'p10' | 'p50' | 'p90') => fan.map((each) => `${x(each.month)},${y(each[part])}`);
  return {
    band: [...line('p90'), ...line('p10').reverse()],
    middle: line('p50'),
    zeroY: y(0),
    marks: Array.from({ length: Math.floor(last.month / MONTHS_A_YEAR) + 1 }, (_, year) => ({
      month: year * MONTHS_A_YEAR,
      x: x(year * MONTHS_A_YEAR),
    })),
    last,
  };
}
