import { z } from 'zod';
import { Role } from '#shared/device.ts';
import { ChargerStage, CurtailmentCause, PlantReading } from '#shared/reading.ts';

/** A number of the device: where it lies, and how it becomes W, Wh, V, Hz or %. */
const modifiers = {
  scale: z.number().optional(),
  /** Added before scaling. */
  offset: z.number().optional(),
  /** Raw values that mean "not there", besides the usual markers. */
  absent: z.array(z.number()).optional(),
  /** In a sum: its absence does not make the sum unknown. */
  optional: z.literal(true).optional(),
};

function shapes<P extends z.core.$ZodLooseShape>(place: P) {
  const plain = z.strictObject({ ...place, ...modifiers });
  /** A question about a raw value; with several conditions all must hold. */
  const test = z.strictObject({
    of: plain,
    is: z.array(z.union([z.number(), z.string(), z.boolean()])).optional(),
    /** Any of these bits is set. */
    bits: z.array(z.number().int().min(0).max(63)).optional(),
    above: z.number().optional(),
    below: z.number().optional(),
  });
  const field = z.strictObject({
    ...place,
    ...modifiers,
    /** Multiplied by these as well. */
    times: z.array(plain).optional(),
    /** Counts only while this holds; otherwise it is 0. */
    when: test.optional(),
  });
  const sum = z.union([field, z.array(field).min(1)]);
  const phases = z.tuple([field, field, field]);
  const quantities = z.strictObject({
    production: sum.optional(),
    potential: sum.optional(),
    /** Signed grid power: which direction the positive sign means. */
    grid: z.strictObject({ power: sum, positive: z.enum(['import', 'export']), phases: phases.optional() }).optional(),
    import: sum.optional(),
    export: sum.optional(),
    battery: z.strictObject({ power: sum, positive: z.enum(['charge', 'discharge']) }).optional(),
    charge: sum.optional(),
    discharge: sum.optional(),
    demand: sum.optional(),
    productionTotal: sum.optional(),
    importTotal: sum.optional(),
    exportTotal: sum.optional(),
    soc: field.optional(),
    gridVoltage: field.optional(),
    gridFrequency: field.optional(),
    model: field.optional(),
    firmware: field.optional(),
    serial: field.optional(),
  });
  const status = z.strictObject({
    of: field,
    ok: z.array(z.union([z.number(), z.string()])).optional(),
    standby: z.array(z.union([z.number(), z.string()])).optional(),
    fault: z.array(z.union([z.number(), z.string()])).optional(),
    offline: z.array(z.union([z.number(), z.string()])).optional(),
  });
  const stage = z.strictObject({
    of: field,
    stages: z.partialRecord(ChargerStage, z.array(z.union([z.number(), z.string()]))),
  });
  /** One sign of curtailment (letters of the families' table): the strongest comes first. */
  const sign = z.discriminatedUnion('sign', [
    /** F: the device says that it throttles. */
    z.strictObject({ sign: z.literal('flag'), when: test, cause: CurtailmentCause }),
    /** F: it says that it does not. Only for families whose flag never lies. */
    z.strictObject({ sign: z.literal('no-flag'), when: test }),
    /** L: a limit of the plant's own output, in W or as a share of something. */
    z.strictObject({
      sign: z.literal('output-limit'),
      limit: field,
      percentOf: z.union([field, z.number()]).optional(),
      enabled: test.optional(),
      cause: CurtailmentCause,
    }),
    /** L: a limit at the grid connection. */
    z.strictObject({
      sign: z.literal('export-limit'),
      limit: field,
      percentOf: z.union([field, z.number()]).optional(),
      enabled: test.optional(),
    }),
    /** B: the battery takes no more. */
    z.strictObject({ sign: z.literal('battery-full'), when: test }),
    /** H: off the grid, frequency raised above this to hold generation back, Hz. */
    z.strictObject({ sign: z.literal('frequency'), of: field, aboveHz: z.number(), island: test.optional() }),
  ]);
  const meter = z.strictObject({
    /** + = import, or consumption where it hangs. */
    power: sum,
    phases: phases.optional(),
    importTotal: sum.optional(),
    exportTotal: sum.optional(),
    gridVoltage: field.optional(),
    gridFrequency: field.optional(),
  });
  return {
    quantities: quantities.default({}),
    /** A power meter: what it tells depends on where the owner mounted it. */
    meter: meter.optional(),
    status: status.optional(),
    chargerStage: stage.optional(),
    generatorRunning: test.optional(),
    curtailment: z.array(sign).default([]),
  };
}

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,47}$/, 'use lower-case letters, digits and hyphens');
const common = {
  id,
  vendor: z.string().min(1),
  models: z.array(z.string().min(1)).min(1),
  /** Where the numbers come from: document and section. */
  source: z.string().min(10, 'name the document and section the numbers come from'),
  verifiedOnHardware: z.boolean(),
  /** Shortest safe time between polls, s. */
  pollS: z.number().positive(),
  /** What the owner must or may tell: key → explanation. */
  setup: z.record(z.string(), z.string()).default({}),
};
const sample = <R extends z.ZodType>(raw: R) =>
  z
    .array(
      z.strictObject({
        name: z.string().min(1),
        raw,
        roles: z.array(Role).optional(),
        setup: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        expect: PlantReading,
      }),
    )
    // Ours must have some (test/profiles/catalogue.test.ts); an owner's own is proven by its live test and the sign check.
    .default([]);

const table = z.enum(['holding', 'input']);
/** A unit number, or the name of the setup key that holds it; absent: the connection's unit. */
const unit = z.union([z.number().int().min(0).max(255), z.string()]);
const registerPlace = {
  at: z.number().int().min(0).max(0xffff),
  as: z.enum(['u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'f32', 'f64', 'f16', 'hi8', 'lo8', 'text']),
  table: table.optional(),
  unit: unit.optional(),
  /** Order of the words, where it differs from the profile's. */
  words: z.enum(['high-first', 'low-first']).optional(),
  /** Registers of a text. */
  length: z.number().int().min(1).max(32).optional(),
};

export const RegisterProfile = z.strictObject({
  protocol: z.literal('registers'),
  ...common,
  bus: z.strictObject({
    port: z.number().int().optional(),
    unit: z.number().int(),
    baudRate: z.number().int().optional(),
    /** Silence between exchanges, and after connecting, ms. */
    gapMs: z.number().optional(),
    settleMs: z.number().optional(),
    timeoutMs: z.number().optional(),
  }),
  table: table.default('holding'),
  words: z.enum(['high-first', 'low-first']).default('high-first'),
  blocks: z
    .array(
      z.strictObject({
        at: z.number().int().min(0).max(0xffff),
        count: z.number().int().min(1).max(125),
        table: table.optional(),
        unit: unit.optional(),
        /** The device may not have it. */
        optional: z.literal(true).optional(),
        /** Read only so often, s. */
        everyS: z.number().positive().optional(),
      }),
    )
    .min(1),
  ...shapes(registerPlace),
  /** Table, or `table@unit`, → address → word. */
  samples: sample(z.record(z.string(), z.record(z.string(), z.union([z.number(), z.array(z.number()), z.string()])))),
});

const jsonPlace = {
  /** Name of the request or topic. */
  from: z.string(),
  /** As `Body.Data.Site.P_Grid` or `list.0.power`; '' is the whole payload, `*` all entries of a list, added up. */
  path: z.string(),
};

export const HttpProfile = z.strictObject({
  protocol: z.literal('http-json'),
  ...common,
  port: z.number().int().default(80),
  /** How it asks who is there; `header:NAME` sends the secret under that name. */
  login: z.union([z.enum(['open', 'password', 'bearer']), z.templateLiteral(['header:', z.string()])]).default('open'),
  requests: z.record(
    z.string(),
    z.strictObject({
      /** `{channel}` is taken from the owner's setup. */
      path: z.string().startsWith('/'),
      method: z.enum(['GET', 'POST']).optional(),
      body: z.unknown().optional(),
      optional: z.literal(true).optional(),
      everyS: z.number().positive().optional(),
    }),
  ),
  defaults: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ...shapes(jsonPlace),
  samples: sample(z.record(z.string(), z.unknown())),
});

export const MqttProfile = z.strictObject({
  protocol: z.literal('mqtt'),
  ...common,
  /** Name → topic; `{topic}` is the connection's, other names the owner's setup. */
  topics: z.record(z.string(), z.strictObject({ topic: z.string().min(1), optional: z.literal(true).optional() })),
  /** A reading counts as new when this topic speaks; absent: any of them. */
  defaults: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ...shapes(jsonPlace),
  samples: sample(z.record(z.string(), z.unknown())),
});

/** A device family as data: no conditions, no functions; what needs those gets an adapter. */
export const Profile = z.discriminatedUnion('protocol', [RegisterProfile, HttpProfile, MqttProfile]);
export type Profile = z.output<typeof Profile>;
export type RegisterProfile = z.output<typeof RegisterProfile>;
export type HttpProfile = z.output<typeof HttpProfile>;
export type MqttProfile = z.output<typeof MqttProfile>;
/** As written in a profile file. */
export type ProfileInput = z.input<typeof Profile>;
export type RegisterField = NonNullable<RegisterProfile['status']>['of'];
export type JsonField = NonNullable<HttpProfile['status']>['of'];
