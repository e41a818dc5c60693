import { z } from 'zod';
import { Earnings, Origin } from './ledger.ts';
import { Plan } from './plan.ts';

const mwh = z.number().int().min(0);
const micro = z.number().int();

/** Energies INTEGER mWh, money INTEGER millionths of the plan's currency, as in the ledger. */

/** Low, middle and high of the futures: one in ten is below `p10`, one in ten above `p90`. */
export const Range = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });
export type Range = z.infer<typeof Range>;

/** Energy of a span, one side of "usual" against "with mining". `lost` is potential that nobody used. */
export const Side = z.object({
  potential: mwh,
  production: mwh,
  lost: mwh,
  demand: mwh,
  import: mwh,
  export: mwh,
  charge: mwh,
  discharge: mwh,
  /** Off-grid demand that could not be served. */
  unserved: mwh,
  draw: mwh,
  /** Paid for import less paid for export. */
  energyCostMicro: micro,
});
export type Side = z.infer<typeof Side>;

/** How steady the exchange with the grid is: signed power at the grid point, W. */
export const Steadiness = z.object({
  /** Mean absolute change from one quarter of an hour to the next. */
  rampW: z.number().min(0),
  /** Standard deviation. */
  spreadW: z.number().min(0),
  peakExportW: z.number().min(0),
  peakImportW: z.number().min(0),
});
export type Steadiness = z.infer<typeof Steadiness>;

export const PlanMonth = z.object({
  /** First instant of the month in the plan's zone. */
  startMs: z.number(),
  usual: Side,
  mining: Side,
  origin: Origin,
  earnings: Earnings,
  starts: z.number().int().min(0),
});
export type PlanMonth = z.infer<typeof PlanMonth>;

/** The year, one column for each share of its hours: the powers that are passed in so many percent of the time, W. */
export const DurationCurve = z.object({
  percent: z.array(z.number()),
  /** Would be exported or lost without mining. */
  surplusW: z.array(z.number()),
  /** Of it lost without mining. */
  lostUsualW: z.array(z.number()),
  lostMiningW: z.array(z.number()),
  drawW: z.array(z.number()),
});
export type DurationCurve = z.infer<typeof DurationCurve>;

/** The simulated year of the plan's own seed. */
export const PlanYear = z.object({
  startMs: z.number(),
  endMs: z.number(),
  usual: Side,
  mining: Side,
  origin: Origin,
  earnings: Earnings,
  starts: z.number().int().min(0),
  /** Hours with any load running. */
  runningHours: z.number().min(0),
  steadiness: z.object({ usual: Steadiness, mining: Steadiness }),
  /** Full cycles of the battery, usual and with mining. */
  cycles: z.object({ usual: z.number().min(0), mining: z.number().min(0) }),
  byLoad: z.array(z.object({ loadId: z.string(), draw: mwh, estimatedMsat: z.number().int().optional() })),
  /** CO2 equivalent that is not released because gas is burnt in an engine and not in a flare, kg. */
  avoidedCo2Kg: z.number().optional(),
  /** Cost of the fuel engine's service, contracted supply is in the import. */
  fuelCostMicro: micro,
  months: z.array(PlanMonth),
  duration: DurationCurve,
});
export type PlanYear = z.infer<typeof PlanYear>;

/** The figure that decides. */
export const DecidingId = z.enum([
  /** Nothing is spent: any gain pays back at once. */
  'nothing-to-buy',
  /** The loads hardly run: too little surplus. `value` hours a year. */
  'too-few-hours',
  /** A mined kWh is worth less than what it would have brought. `value`, `limit` currency per kWh. */
  'energy-worth-more',
  /** Upkeep, failures and wear eat what is mined. `value`, `limit` currency a year. */
  'running-costs',
  /** It earns, but not the price of the devices in time. `value` earned till then, `limit` to be spent. */
  'capital',
  /** Bitcoin's price of break-even against today's. */
  'bitcoin-price',
]);
export type DecidingId = z.infer<typeof DecidingId>;

export const Verdict = z.object({
  word: z.enum(['worth-it', 'uncertain', 'not-worth-it']),
  /** Share of the futures that pay back within `paybackMonths`. */
  share: z.number().min(0).max(1),
  deciding: z.object({ id: DecidingId, value: z.number(), limit: z.number() }),
});
export type Verdict = z.infer<typeof Verdict>;

export const PlanMoney = z.object({
  futures: z.number().int().min(0),
  weatherYears: z.number().int().min(0),
  capitalMicro: micro,
  /** Of the first year, after everything. */
  firstYearMicro: Range,
  /** Months until the capital is back; an absent part lies beyond `fan`'s end: never in sight. */
  paybackMonths: z.object({ p10: z.number().optional(), p50: z.number().optional(), p90: z.number().optional() }),
  /** Cumulated money month by month, the capital counted as spent at the start. */
  fan: z.array(Range.extend({ month: z.number().int() })),
  /** Price of bitcoin at which half of the futures would pay back in time, currency; absent: none would help. */
  breakEvenPerBitcoin: z.number().min(0).optional(),
  /** Medians of a first year; costs negative. They sum to the median-weather year at today's price. */
  parts: z.array(
    z.object({
      id: z.enum(['mined', 'forgone-export', 'import', 'battery', 'paid-export', 'heat', 'upkeep', 'failures', 'fuel']),
      micro,
    }),
  ),
  /** What one mined kWh brings, and what heating water with it instead would save, currency. */
  minedPerKwh: z.number().optional(),
  heatPerKwh: z.number().optional(),
  verdict: Verdict,
  /** Change of the median money at the horizon when one figure alone moves. */
  sensitivity: z.array(
    z.object({ field: z.string(), low: z.number(), high: z.number(), lowMicro: micro, highMicro: micro }),
  ),
  /** Months to payback by price (times today's) and difficulty growth a year; null: not in sight. */
  grid: z.object({
    priceFactors: z.array(z.number()),
    difficultyPercents: z.array(z.number()),
    /** Row per price, column per growth. */
    months: z.array(z.array(z.number().nullable())),
  }),
});
export type PlanMoney = z.infer<typeof PlanMoney>;

/** Grows while it is worked out: first the year, then the money with more and more futures. */
export const PlanResult = z.object({ year: PlanYear, money: PlanMoney.optional() });
export type PlanResult = z.infer<typeof PlanResult>;

/** Which size takes the most of this surplus. Cells come in as they are done. */
export const SizingMap = z.object({
  /** Times the plan's loads. */
  counts: z.array(z.number().int()),
  batteryWh: z.array(z.number()),
  cells: z.array(
    z.object({
      count: z.number().int(),
      batteryWh: z.number(),
      draw: mwh,
      lost: mwh,
      /** Of what the usual plant loses or exports, 0..1. */
      usedShare: z.number().min(0).max(1),
      capitalMicro: micro,
      firstYearMicro: micro,
      paybackMonths: z.number().optional(),
    }),
  ),
  /** The cell that has the most money at the horizon. */
  best: z.object({ count: z.number().int(), batteryWh: z.number() }).optional(),
});
export type SizingMap = z.infer<typeof SizingMap>;

/** A stretch of the owner's own days, three times: as it was, as today's settings would have it, and as changed ones would. */
export const ReplayResult = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** Share of the minutes that are recorded, 0..1. */
  coverage: z.number().min(0).max(1),
  /** As the ledger has it; absent: it does not know. */
  happened: Side.partial(),
  happenedEarnings: Earnings,
  /** Today's settings on the recorded plant and demand: how far the model can be trusted. */
  today: Side,
  todayEarnings: Earnings,
  changed: Side,
  changedEarnings: Earnings,
  days: z.array(
    z.object({
      startMs: z.number(),
      happenedDraw: mwh,
      todayDraw: mwh,
      changedDraw: mwh,
      changedLost: mwh,
    }),
  ),
  /** True: what the plant could have made is not in the record where it was held back; the result is then a lower bound. */
  lowerBound: z.boolean(),
});
export type ReplayResult = z.infer<typeof ReplayResult>;

/** A plan on the shelf. */
export const SavedPlan = z.object({
  id: z.string(),
  name: z.string(),
  savedMs: z.number(),
  plan: Plan,
  /** As last worked out; absent: never was. */
  result: PlanResult.optional(),
});
export type SavedPlan = z.infer<typeof SavedPlan>;
