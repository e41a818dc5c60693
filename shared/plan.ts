import { z } from 'zod';
import { LoadModel, WeeklyWindow } from './control.ts';
import { Tariff } from './market.ts';
import { isTimeZone } from './time.ts';

/** Everything a plan assumes of a site that may not exist yet. Each number is the owner's to change; none is hidden. */

const watts = z.number().positive().max(1e9);
const percent = z.number().min(0).max(100);
const share = z.number().min(0).max(1);
const months = <T extends z.ZodType>(each: T) => z.array(each).length(12);
/** Largest text an owner can hand over: a year at one minute. */
const csvText = z.string().min(1).max(60_000_000);

export const StoryId = z.enum([
  'surplus-off-peak-solar',
  'surplus-off-peak-wind',
  'stranded-gas',
  'remote-hydro',
  'idle-industry',
  'geothermal',
  'gulf-solar',
]);
export type StoryId = z.infer<typeof StoryId>;

const PvSource = z.strictObject({
  kind: z.literal('pv'),
  /** At 1000 W/m² and 25 °C. */
  peakW: watts,
  inverterW: watts,
  /** Degrees from the horizontal. */
  tilt: z.number().min(0).max(90),
  /** Degrees from north, clockwise: 180 faces south. */
  azimuth: z.number().min(0).max(360),
  /** Height of the horizon in degrees, clockwise from north in equal parts; below it there is no direct sun. */
  horizon: z.array(z.number().min(0).max(89)).min(1).max(72),
  /** Cables, soiling, mismatch, inverter. */
  lossPercent: percent,
  /** Loss of power per °C of the cell over 25 °C. */
  percentPerC: z.number().min(0).max(2),
  /** Mean daily clearness by month: light on the ground over that at the top of the atmosphere. */
  clearness: months(z.number().min(0.05).max(0.85)),
  /** Mean daytime air temperature by month, °C. */
  airC: months(z.number().min(-60).max(60)),
});

const WindSource = z.strictObject({
  kind: z.literal('wind'),
  ratedW: watts,
  cutInMps: z.number().min(0).max(20),
  ratedMps: z.number().positive().max(40),
  cutOutMps: z.number().positive().max(60),
  /** Power by wind speed, ascending; absent: cubic between cut-in and rated. */
  curve: z
    .array(z.strictObject({ mps: z.number().min(0).max(60), powerW: z.number().min(0).max(1e9) }))
    .min(2)
    .max(100)
    .optional(),
  /** Mean wind at the hub by month, m/s. */
  meanMps: months(z.number().positive().max(30)),
  weibullShape: z.number().min(1).max(6),
  /** How much windier the night is than the day, share of the mean. */
  nightShare: z.number().min(-0.8).max(0.8),
  /** Measured wind, m/s: rows `time,mps` of a year; replaces the months and the Weibull shape. */
  csv: csvText.optional(),
});

const HydroSource = z.strictObject({
  kind: z.literal('hydro'),
  headM: z.number().positive().max(2000),
  efficiencyPercent: z.number().positive().max(100),
  ratedW: watts,
  /** Mean flow in the river by month, m³/s. */
  flowM3s: months(z.number().min(0).max(10_000)),
  /** Flow that stays in the river by law or for the fish, m³/s. */
  residualM3s: z.number().min(0).max(10_000),
  /** Below this the turbine stands still, m³/s. */
  leastM3s: z.number().min(0).max(10_000),
});

const FlareSource = z.strictObject({
  kind: z.literal('flare'),
  ratedW: watts,
  /** Of rated; below it the engine must not run. */
  minimumPercent: percent,
  /** Pumps, gas treatment, cooling: drawn while it runs. */
  ownUseW: z.number().min(0).max(1e9),
  /** Gas that would be flared, standard m³ per hour, by month. */
  gasM3PerHour: months(z.number().min(0).max(1e6)),
  /** Lower heating value. */
  kwhPerM3: z.number().positive().max(40),
  efficiencyPercent: z.number().positive().max(100),
  /** Rent, gas treatment and service per kWh made, currency. */
  costPerKwh: z.number().min(0).max(100),
  /** CO2 a m³ of gas becomes when burnt, and share of methane that a flare leaves unburnt. */
  co2KgPerM3: z.number().min(0).max(10),
  flareSlipPercent: percent,
});

const GeothermalSource = z.strictObject({
  kind: z.literal('geothermal'),
  ratedW: watts,
  /** Of rated; below it the well must not be throttled. */
  minimumPercent: percent,
  ownUseW: z.number().min(0).max(1e9),
  availabilityPercent: percent,
});

const ContractedSource = z.strictObject({
  kind: z.literal('contracted'),
  powerW: watts,
  /** When the plant is idle and the contracted supply is free. */
  idle: z.array(WeeklyWindow).min(1).max(20),
  /** Of the contracted kWh, currency; taken or not it may be due: then the marginal cost is what counts. */
  pricePerKwh: z.number().min(-10).max(10),
});

export const PlanSource = z.discriminatedUnion('kind', [
  PvSource,
  WindSource,
  HydroSource,
  FlareSource,
  GeothermalSource,
  ContractedSource,
]);
export type PlanSource = z.infer<typeof PlanSource>;
export type SourceOf<K extends PlanSource['kind']> = Extract<PlanSource, { kind: K }>;

export const PlanBattery = z.strictObject({
  capacityWh: z.number().positive().max(1e10),
  maxChargeW: watts,
  maxDischargeW: watts,
  /** One way: 95 in and 95 out. */
  efficiencyPercent: z.number().min(50).max(100),
  floorPercent: percent,
  /** Below it charging comes before the loads. */
  targetPercent: percent,
  startPercent: percent,
  /** To buy it for the plan; 0: it is there already. Currency. */
  price: z.number().min(0).max(1e9),
  /** Full cycles until it is worn. */
  cycles: z.number().positive().max(100_000),
  /** What a new one would cost then, for the wear of each kWh, currency per kWh of capacity. */
  replacementPerKwh: z.number().min(0).max(10_000),
});
export type PlanBattery = z.infer<typeof PlanBattery>;

export const PlanDemand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('profile'),
    profile: z.enum(['home', 'farm', 'village', 'factory', 'flat']),
    kwhPerYear: z.number().min(0).max(1e10),
  }),
  /** Rows `time,watts` (mean power) of any length; repeated over the year by hour and weekday where shorter. */
  z.strictObject({ kind: z.literal('csv'), csv: csvText }),
  /** What this site's own ledger measured, repeated over the year by hour and weekday. */
  z.strictObject({ kind: z.literal('ledger'), fromMs: z.number(), toMs: z.number() }),
]);
export type PlanDemand = z.infer<typeof PlanDemand>;

export const PlanLoad = z.strictObject({
  /** As in the catalogue; `own` for one that is not in it. */
  catalogueId: z.string().max(64),
  count: z.number().int().min(1).max(10_000),
  /** Currency, each, delivered; 0: the owner has it. */
  priceEach: z.number().min(0).max(1e9),
  /** Until it is worth nothing. */
  lifeYears: z.number().positive().max(50),
  /** Share of the devices that fail in a year and cost half their price to repair. */
  failuresPerYear: share,
  /** How it draws, starts and hashes; `id` and `name` are those of the first. */
  model: z.strictObject(LoadModel.shape),
});
export type PlanLoad = z.infer<typeof PlanLoad>;

/** How a figure goes on over the years. `volatilityPercent` is of a year (standard deviation of the logarithm). */
export const Course = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('flat'), volatilityPercent: z.number().min(0).max(200) }),
  z.strictObject({
    kind: z.literal('drift'),
    percentPerYear: z.number().min(-95).max(1000),
    volatilityPercent: z.number().min(0).max(200),
  }),
  /** As `flat`, times `factor` from the next halving on. */
  z.strictObject({
    kind: z.literal('halving'),
    factor: z.number().min(0.05).max(20),
    volatilityPercent: z.number().min(0).max(200),
  }),
  /** Times today's, at the end of each year. */
  z.strictObject({
    kind: z.literal('own'),
    factors: z.array(z.number().min(0.001).max(1000)).min(1).max(20),
    volatilityPercent: z.number().min(0).max(200),
  }),
]);
export type Course = z.infer<typeof Course>;

export const PlanEconomics = z.strictObject({
  /** Currency per bitcoin today. */
  pricePerBitcoin: z.number().positive().max(1e12),
  difficulty: z.number().positive(),
  height: z.number().int().min(0),
  feesPerBlockSat: z.number().min(0),
  poolFeePercent: percent,
  price: Course,
  difficultyCourse: Course,
  /** Container, cables, cooling, network, installation; currency. */
  otherCapital: z.number().min(0).max(1e10),
  upkeepPerYear: z.number().min(0).max(1e9),
  /** What a kWh of miner heat saves, currency, in these months of the year (1..12). */
  heat: z.strictObject({ perKwh: z.number().min(0).max(10), months: z.array(z.number().int().min(1).max(12)) }),
  /** It is worth it when it pays back in so many months. */
  paybackMonths: z.number().int().min(1).max(240),
});
export type PlanEconomics = z.infer<typeof PlanEconomics>;

export const PlanStrategy = z.strictObject({
  reserveW: z.number().min(0).max(1e6),
  /** Mine only where it beats the alternative by this, currency per kWh. */
  marginPerKwh: z.number().min(-10).max(10),
  quietHours: z.array(WeeklyWindow).max(20),
  /** What one test for hidden surplus may import or take from the battery, and all of an hour, Wh. */
  probe: z.strictObject({ perProbeWh: z.number().min(0).max(1e6), perHourWh: z.number().min(0).max(1e7) }),
  withoutMarket: z.enum(['lost-only', 'all-surplus']),
});
export type PlanStrategy = z.infer<typeof PlanStrategy>;

export const Plan = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(80),
  story: StoryId.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'use three capital letters like EUR'),
  timeZone: z.string().refine(isTimeZone, 'not a time zone; use one like Europe/Berlin'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** The weather of the year follows from it: the same seed is the same year. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  sources: z.array(PlanSource).min(1).max(6),
  battery: PlanBattery.optional(),
  grid: z.strictObject({
    connection: z.enum(['grid', 'off-grid']),
    /** Absent: unlimited; 0: zero export. */
    exportLimitW: z.number().min(0).max(1e9).optional(),
    importLimitW: z.number().positive().max(1e9).optional(),
  }),
  demand: PlanDemand,
  loads: z.array(PlanLoad).max(12),
  tariff: Tariff,
  economics: PlanEconomics,
  strategy: PlanStrategy,
});
export type Plan = z.infer<typeof Plan>;
