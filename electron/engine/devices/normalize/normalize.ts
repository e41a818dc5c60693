import type { Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { Profile } from '../../profiles/profile.ts';
import { battery, given, grid, meterReading, sumKnown } from './directions.ts';

type AnyField = NonNullable<Profile['status']>['of'];
type AnyTest = NonNullable<Profile['generatorRunning']>;
type Scalar = number | string | boolean;

/** Looks a field up in what the device answered: the raw value before scaling, or undefined. */
export type Look = (field: AnyField) => Scalar | undefined;

/** Within this part of a limit power counts as held by it (reference section 0). */
const PINNED = 0.97;
/** Meters jitter by so much around a limit, W. */
const JITTER_W = 30;

/** A profile's view of raw values as one reading; unknown stays unknown. */
export function normalize(profile: Profile, look: Look, roles: readonly Role[]): PlantReading {
  const { quantities: q } = profile;
  const total = (fields: AnyField | AnyField[] | undefined) => sumOf(look, fields);
  const text = (field: AnyField | undefined) => (field === undefined ? undefined : textOf(look(field)));
  const power = total(q.production);
  const gridW = total(q.grid?.power);
  const batteryW = total(q.battery?.power);
  const reading: PlantReading = {
    ...grid(gridW === undefined ? undefined : q.grid?.positive === 'export' ? -gridW : gridW),
    ...gridPhases(look, q.grid),
    ...battery(batteryW === undefined ? undefined : q.battery?.positive === 'discharge' ? -batteryW : batteryW),
    ...given({
      production: notBelowZero(power),
      potential: notBelowZero(total(q.potential)),
      import: notBelowZero(total(q.import)),
      export: notBelowZero(total(q.export)),
      charge: notBelowZero(total(q.charge)),
      discharge: notBelowZero(total(q.discharge)),
      demand: notBelowZero(total(q.demand)),
      productionTotal: total(q.productionTotal),
      importTotal: total(q.importTotal),
      exportTotal: total(q.exportTotal),
      soc: total(q.soc),
      gridVoltage: total(q.gridVoltage),
      gridFrequency: total(q.gridFrequency),
      model: text(q.model),
      firmware: text(q.firmware),
      serial: text(q.serial),
    }),
    ...meterPart(profile, look, roles),
    ...given({
      status: matching(look, profile.status?.of, profile.status, ['fault', 'ok', 'standby', 'offline'] as const),
      chargerStage: matching(look, profile.chargerStage?.of, profile.chargerStage?.stages, STAGES),
      generatorRunning: profile.generatorRunning ? holds(look, profile.generatorRunning) : undefined,
    }),
  };
  return { ...reading, ...curtailment(profile, look, reading) };
}

const STAGES = ['off', 'bulk', 'absorption', 'float', 'equalize'] as const;

const notBelowZero = (value: number | undefined) => (value === undefined ? undefined : Math.max(0, value));
const textOf = (value: Scalar | undefined) => (value === undefined || value === '' ? undefined : String(value));

function sumOf(look: Look, fields: AnyField | AnyField[] | undefined): number | undefined {
  if (fields === undefined) return undefined;
  const values = [fields].flat().map((field) => ({ field, value: numberOf(look, field) }));
  const missing = values.some(({ field, value }) => value === undefined && field.optional !== true);
  return missing ? undefined : sumKnown(values.map(({ value }) => value));
}

/** A field scaled; 0 while its condition does not hold, undefined while that is unknown. */
function numberOf(look: Look, field: AnyField): number | undefined {
  const raw = look(field);
  if (typeof raw !== 'number' || field.absent?.includes(raw)) return undefined;
  if (field.when !== undefined) {
    const on = holds(look, field.when);
    if (on !== true) return on === undefined ? undefined : 0;
  }
  const factors = (field.times ?? []).map((factor) => numberOf(look, factor));
  if (factors.includes(undefined)) return undefined;
  const product = factors.reduce<number>(
    (all, factor) => all * (factor ?? 1),
    (raw + (field.offset ?? 0)) * (field.scale ?? 1),
  );
  // Keeps 4998 · 0.01 from becoming 49.980000000000004.
  return Number(product.toPrecision(12));
}

function holds(look: Look, test: AnyTest): boolean | undefined {
  const raw = look(test.of);
  if (raw === undefined || (typeof raw === 'number' && test.of.absent?.includes(raw))) return undefined;
  if (test.is !== undefined && !test.is.includes(raw)) return false;
  if (test.bits === undefined && test.above === undefined && test.below === undefined) return true;
  const value = numberOf(look, test.of);
  if (value === undefined || typeof raw !== 'number') return undefined;
  if (test.bits !== undefined && !test.bits.some((bit) => Math.floor(raw / 2 ** bit) % 2 === 1)) return false;
  if (test.above !== undefined && !(value > test.above)) return false;
  return test.below === undefined || value < test.below;
}

function matching<W extends string>(
  look: Look,
  field: AnyField | undefined,
  map: { [K in W]?: (number | string)[] | undefined } | undefined,
  words: readonly W[],
): W | undefined {
  const raw = field === undefined ? undefined : look(field);
  if (raw === undefined || map === undefined || typeof raw === 'boolean') return undefined;
  return words.find((word) => map[word]?.includes(raw));
}

function gridPhases(look: Look, meter: Profile['quantities']['grid']): PlantReading {
  if (meter?.phases === undefined) return {};
  const sign = meter.positive === 'export' ? -1 : 1;
  const values = meter.phases.map((field) => numberOf(look, field));
  const [a, b, c] = values;
  if (a === undefined || b === undefined || c === undefined) return {};
  const up = (value: number) => Math.max(0, sign * value);
  const down = (value: number) => Math.max(0, -sign * value);
  return { importByPhase: [up(a), up(b), up(c)], exportByPhase: [down(a), down(b), down(c)] };
}

function meterPart({ meter }: Profile, look: Look, roles: readonly Role[]): PlantReading {
  if (meter === undefined) return {};
  return meterReading(
    {
      power: sumOf(look, meter.power),
      phases: meter.phases?.map((field) => numberOf(look, field)),
      importTotal: sumOf(look, meter.importTotal),
      exportTotal: sumOf(look, meter.exportTotal),
      gridVoltage: sumOf(look, meter.gridVoltage),
      gridFrequency: sumOf(look, meter.gridFrequency),
    },
    roles,
  );
}

type Sign = Profile['curtailment'][number];

function curtailment(profile: Profile, look: Look, reading: PlantReading): PlantReading {
  const out: PlantReading = {};
  for (const sign of profile.curtailment) applySign(sign, look, reading, out);
  return out;
}

function applySign(sign: Sign, look: Look, reading: PlantReading, out: PlantReading): void {
  const held = (cause: NonNullable<PlantReading['curtailmentCause']>) => {
    if (out.curtailed === true) return;
    out.curtailed = true;
    out.curtailmentCause = cause;
  };
  switch (sign.sign) {
    case 'flag':
      if (holds(look, sign.when) === true) held(sign.cause);
      return;
    case 'no-flag':
      if (out.curtailed === undefined && holds(look, sign.when) === true) out.curtailed = false;
      return;
    case 'battery-full': {
      const full = holds(look, sign.when);
      if (full !== undefined) out.batteryFull = full || out.batteryFull === true;
      return;
    }
    case 'frequency': {
      const hz = numberOf(look, sign.of);
      const island = sign.island === undefined ? true : holds(look, sign.island);
      if (hz !== undefined && hz > sign.aboveHz && island === true) held('frequency');
      return;
    }
    case 'output-limit': {
      const limit = limitOf(look, sign);
      if (limit === undefined) return;
      out.productionLimit = Math.min(limit, out.productionLimit ?? Number.POSITIVE_INFINITY);
      if (limit > 0 && reading.production !== undefined && reading.production >= PINNED * limit) held(sign.cause);
      return;
    }
    case 'export-limit': {
      const limit = limitOf(look, sign);
      if (limit === undefined) return;
      out.exportLimit = Math.min(limit, out.exportLimit ?? Number.POSITIVE_INFINITY);
      // At a limit of nought a quiet grid may as well be the battery's doing: control must find out.
      if (limit > 0 && reading.export !== undefined && reading.export >= Math.min(PINNED * limit, limit - JITTER_W))
        held('export-limit');
    }
  }
}

/** The limit in W while it is in force; a share of 100 % or more is none. */
function limitOf(look: Look, sign: Extract<Sign, { sign: 'output-limit' | 'export-limit' }>): number | undefined {
  if (sign.enabled !== undefined && holds(look, sign.enabled) !== true) return undefined;
  const limit = numberOf(look, sign.limit);
  if (limit === undefined || limit < 0) return undefined;
  if (sign.percentOf === undefined) return limit;
  if (limit >= 100) return undefined;
  const whole = typeof sign.percentOf === 'number' ? sign.percentOf : numberOf(look, sign.percentOf);
  return whole === undefined ? undefined : Number(((limit / 100) * whole).toPrecision(12));
}
