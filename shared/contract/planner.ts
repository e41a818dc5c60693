import { z } from 'zod';
import { Plan, PlanBattery, PlanLoad, PlanStrategy, StoryId } from '../plan.ts';
import { PlanResult, ReplayResult, SavedPlan, SizingMap } from '../plan-result.ts';
import { Done, Nothing, Problems } from './done.ts';
import { procedure, stream, type Contract } from '../rpc/contract.ts';

const TextFile = z.object({ name: z.string(), text: z.string() });

/** As the owner has it; it is checked by the engine, which names the field that is wrong. */
const AnyPlan = z.record(z.string(), z.unknown());

/** One figure of a plan: what it is now, what it may be, and where the number came from. */
export const Assumption = z.object({
  /** Path into the plan; the last part names the figure: `sources.0.headM`. */
  field: z.string(),
  group: z.enum(['place', 'source', 'battery', 'grid', 'demand', 'loads', 'tariff', 'economics', 'strategy']),
  value: z.union([z.number(), z.string(), z.array(z.number())]),
  /** SI symbol or `currency`, `currency/kWh`, `percent`, `months` …; '' for a bare number or word. */
  unit: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Words it may be, where it is one of a list. */
  choices: z.array(z.string()).optional(),
  /** Who says so; `assumed` where it is our own guess. */
  source: z.string(),
});
export type Assumption = z.infer<typeof Assumption>;

/** A ready plan. `surplus` false: bought energy, titled as such. `renewable` false: fossil gas, never called renewable. */
export const Story = z.object({
  id: StoryId,
  kind: z.enum(['story', 'region']),
  surplus: z.boolean(),
  renewable: z.boolean(),
  plan: Plan,
  assumptions: z.array(Assumption),
});
export type Story = z.infer<typeof Story>;

export const CatalogueLoad = z.object({ id: z.string(), name: z.string(), load: PlanLoad, source: z.string() });
export type CatalogueLoad = z.infer<typeof CatalogueLoad>;

/** One thing being worked out, or worked out last. The stream gives it anew as parts of its result come in. */
export const Run = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'sizing', 'replay']),
  name: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** 0..1. */
  progress: z.number().min(0).max(1),
  startedMs: z.number(),
  /** Why it failed. */
  message: z.string().optional(),
  result: PlanResult.optional(),
  sizing: SizingMap.optional(),
  replay: ReplayResult.optional(),
});
export type Run = z.infer<typeof Run>;

const Started = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), runId: z.string() }),
  z.object({ outcome: z.literal('refused'), problems: Problems }),
]);

/** What a replay changes; what is absent stays as the site has it. */
export const ReplayChange = z.strictObject({
  battery: PlanBattery.optional(),
  withoutBattery: z.boolean().optional(),
  /** Besides the site's own loads. */
  addLoads: z.array(PlanLoad).max(12).default([]),
  floorPercent: z.number().min(0).max(100).optional(),
  targetPercent: z.number().min(0).max(100).optional(),
  exportLimitW: z.number().min(0).optional(),
  strategy: PlanStrategy.partial().optional(),
});
export type ReplayChange = z.infer<typeof ReplayChange>;

const Compared = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  /** Absent: that plan was never worked out. */
  result: PlanResult.optional(),
});

export const PlannerContract = {
  stories: procedure(Nothing, z.array(Story)),
  /** Real loads with their curves, prices and lives. */
  catalogue: procedure(Nothing, z.array(CatalogueLoad)),
  /** The site's own place, plant, tariff, battery, loads and market as the beginning of a plan; what it does not know is assumed. */
  fromSite: procedure(Nothing, z.object({ plan: Plan, assumptions: z.array(Assumption) })),
  /** Every figure of a plan on one page; refused where it is none. */
  assumptions: procedure(
    z.strictObject({ plan: AnyPlan }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('ok'), assumptions: z.array(Assumption) }),
      z.object({ outcome: z.literal('refused'), problems: Problems }),
    ]),
  ),
  check: procedure(z.strictObject({ plan: AnyPlan }), Done),
  /** Works out the year and then the futures; follow it in `runs`. */
  start: procedure(
    z.strictObject({
      plan: AnyPlan,
      futures: z.number().int().min(1).max(10_000).default(1000),
      weatherYears: z.number().int().min(1).max(100).default(6),
    }),
    Started,
  ),
  startSizing: procedure(
    z.strictObject({
      plan: AnyPlan,
      counts: z.array(z.number().int().min(1).max(10_000)).min(1).max(12),
      /** 0: without a battery. */
      batteryWh: z.array(z.number().min(0).max(1e10)).min(1).max(12),
    }),
    Started,
  ),
  /** At most 62 days of the ledger's minutes, beside what really happened. */
  startReplay: procedure(z.strictObject({ fromMs: z.number(), toMs: z.number(), change: ReplayChange }), Started),
  cancel: procedure(z.strictObject({ runId: z.string() }), Done),
  /** Newest first; the last eight are kept. */
  runs: stream(z.array(Run)),
  saved: stream(z.array(SavedPlan.omit({ plan: true, result: true }))),
  open: procedure(
    z.strictObject({ id: z.string() }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('ok'), saved: SavedPlan }),
      z.object({ outcome: z.literal('refused'), problems: Problems }),
    ]),
  ),
  /** `id` absent: a new one. With `runId` its result is kept beside the plan. */
  save: procedure(
    z.strictObject({ id: z.string().max(64).optional(), plan: AnyPlan, runId: z.string().optional() }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('ok'), id: z.string() }),
      z.object({ outcome: z.literal('refused'), problems: Problems }),
    ]),
  ),
  remove: procedure(z.strictObject({ id: z.string() }), Done),
  compare: procedure(z.strictObject({ ids: z.array(z.string()).min(1).max(6) }), z.array(Compared)),
  /** CSV: the months and the fan. JSON: the plan with all that was worked out. Absent result: a fault says so. */
  export: procedure(
    z.strictObject({ runId: z.string(), format: z.enum(['csv', 'json']) }),
    z.discriminatedUnion('outcome', [
      TextFile.extend({ outcome: z.literal('ok') }),
      z.object({ outcome: z.literal('refused'), problems: Problems }),
    ]),
  ),
} satisfies Contract[string];
