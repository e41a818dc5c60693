import type { Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { bit, numberAt, textAt } from './decode/registers.ts';
import { battery, given, meterReading, sumKnown } from './normalize/directions.ts';
import type { Identity, ModelWords } from './sunspec-chain.ts';
import { DC_PORT, MODELS, MPPT_MODULE } from './sunspec-models.ts';

/** A point of a model with its scale factor applied; undefined where not implemented. */
export function point(model: ModelWords, name: string): number | undefined {
  const where = MODELS[model.id]?.[name];
  if (!where) return undefined;
  const raw = numberAt(model.words, where.at, where.as);
  if (raw === undefined || (where.counter && raw === 0)) return undefined;
  return where.sf === undefined ? raw : scaled(raw, model.words, where.sf);
}

function scaled(raw: number, words: readonly number[], sfAt: number): number | undefined {
  const sf = numberAt(words, sfAt, 'i16');
  return sf === undefined || sf < -10 || sf > 10 ? undefined : tidy(raw * 10 ** sf);
}

/** Keeps 5999 · 10⁻² from becoming 59.990000000000002. */
const tidy = (value: number) => Number(value.toPrecision(12));

const INVERTERS = new Set([101, 102, 103, 111, 112, 113, 701]);
const METERS = new Set([201, 202, 203, 204, 211, 212, 213, 214]);
/** Model 701 numbers its states otherwise than 101-113. */
const STATUS: Record<number, PlantReading['status']> = {
  1: 'offline',
  2: 'standby',
  3: 'standby',
  4: 'ok',
  5: 'ok',
  6: 'standby',
  7: 'fault',
  8: 'standby',
};
const STATUS_701: Record<number, PlantReading['status']> = {
  0: 'offline',
  1: 'standby',
  2: 'standby',
  3: 'ok',
  4: 'ok',
  5: 'standby',
  6: 'fault',
  7: 'standby',
};
const SLEEPING = 2;
const THROTTLED = 5;
/** Within this part of a limit power counts as held by it (reference section 0). */
const PINNED = 0.97;

export interface SunSpecOptions {
  roles: readonly Role[];
  /** Which of several meters is meant, counted from 1. */
  meter: number;
}

/** Everything one SunSpec device tells, whoever made it. */
export function sunspecReading(
  models: readonly ModelWords[],
  identity: Identity,
  options: SunSpecOptions,
): PlantReading {
  const inverters = models.filter((m) => INVERTERS.has(m.id));
  const meter = models.filter((m) => METERS.has(m.id))[options.meter - 1];
  const dc = dcSide(models);
  const soc = first(models, [
    [802, 'SoC'],
    [713, 'SoC'],
    [124, 'ChaState'],
    [64118, 'SoC'],
  ]);
  const hybrid = soc !== undefined || dc.chargeW !== undefined;
  const acW = sumKnown(inverters.map(acPower));
  const chargeW = dc.chargeW ?? negated(first(models, [[802, 'W']]));
  const charger = models.filter((m) => m.id === 64111);
  const production =
    inverters.length === 0
      ? sumKnown(charger.map((m) => point(m, 'W')))
      : hybrid
        ? hybridProduction(acW, dc.pvW, chargeW, inverters)
        : acW;
  const reading: PlantReading = {
    ...given({ production: production === undefined ? undefined : Math.max(0, production) }),
    ...given({ productionTotal: hybrid ? undefined : sumKnown(inverters.map((m) => point(m, 'WH'))) }),
    ...(hybrid ? battery(chargeW) : {}),
    ...given({ soc: soc === undefined || soc > 100 ? undefined : soc }),
    ...given({ gridVoltage: firstOf(inverters, 'V'), gridFrequency: firstOf(inverters, 'Hz') }),
    ...given({ status: inverters.map(statusOf).find((s) => s !== undefined) }),
    ...given({ model: identity.model, firmware: identity.firmware, serial: identity.serial }),
    ...chargerReading(charger),
  };
  const full = models.some((m) => (m.id === 802 || m.id === 124) && point(m, 'ChaSt') === 5);
  if (full) reading.batteryFull = true;
  if (meter) Object.assign(reading, meterPart(meter, identity, options.roles));
  return {
    ...reading,
    ...given({ potential: first(models, [[122, 'WAval']]) }),
    ...curtailment(models, inverters, acW),
  };
}

const firstOf = (models: readonly ModelWords[], name: string) =>
  models.map((m) => point(m, name)).find((v) => v !== undefined);
const first = (models: readonly ModelWords[], wanted: readonly (readonly [number, string])[]) =>
  wanted
    .map(([id, name]) =>
      firstOf(
        models.filter((m) => m.id === id),
        name,
      ),
    )
    .find((v) => v !== undefined);
const negated = (value: number | undefined) => (value === undefined ? undefined : -value);

function acPower(model: ModelWords): number | undefined {
  const w = point(model, 'W');
  // Asleep it measures nothing and says so; that is a known nought.
  return w === undefined && isAsleep(model) ? 0 : w;
}
const isAsleep = (model: ModelWords) =>
  model.id === 701 ? point(model, 'InvSt') === 1 : point(model, 'St') === SLEEPING;

function statusOf(model: ModelWords): PlantReading['status'] {
  return model.id === 701 ? STATUS_701[point(model, 'InvSt') ?? -1] : STATUS[point(model, 'St') ?? -1];
}

/** AC power of a hybrid contains its battery: production is what the panels give. */
function hybridProduction(
  acW: number | undefined,
  pvW: number | undefined,
  chargeW: number | undefined,
  inverters: readonly ModelWords[],
) {
  if (pvW !== undefined) return pvW;
  if (inverters.length > 0 && inverters.every(isAsleep)) return 0;
  return acW === undefined || chargeW === undefined ? undefined : acW + chargeW;
}

interface DcSide {
  pvW?: number | undefined;
  chargeW?: number | undefined;
}

function dcSide(models: readonly ModelWords[]): DcSide {
  const modules = models.flatMap((m) => (m.id === 160 ? mpptModules(m) : m.id === 714 ? dcPorts(m) : []));
  const sum = (kind: DcModule['kind']) => sumKnown(modules.filter((m) => m.kind === kind).map((m) => m.watts));
  const [charge, discharge, both] = [sum('charge'), sum('discharge'), sum('battery')];
  const chargeW =
    both !== undefined
      ? -both
      : charge === undefined && discharge === undefined
        ? undefined
        : (charge ?? 0) - (discharge ?? 0);
  return { pvW: sum('pv'), chargeW };
}

interface DcModule {
  kind: 'pv' | 'charge' | 'discharge' | 'battery';
  watts: number | undefined;
}

/** Fronius GEN24 gives its battery as two modules named StCha and StDisCha (reference 3.2). */
function mpptModules(model: ModelWords): DcModule[] {
  const count = Math.min(point(model, 'N') ?? 0, 20);
  return Array.from({ length: count }, (_, i) => {
    const at = MPPT_MODULE.first + MPPT_MODULE.length * i;
    const name = textAt(model.words, at + MPPT_MODULE.id, MPPT_MODULE.idLength) ?? '';
    const raw = numberAt(model.words, at + MPPT_MODULE.DCW, 'u16');
    const kind = /^StDis/i.test(name)
      ? 'discharge'
      : /^StCha/i.test(name)
        ? 'charge'
        : /^bat/i.test(name)
          ? 'battery'
          : 'pv';
    return { kind, watts: raw === undefined ? undefined : scaled(raw, model.words, MPPT_MODULE.DCW_SF) };
  });
}

function dcPorts(model: ModelWords): DcModule[] {
  const count = Math.min(point(model, 'NPrt') ?? 0, 20);
  return Array.from({ length: count }, (_, i) => {
    const at = DC_PORT.first + DC_PORT.length * i;
    const raw = numberAt(model.words, at + DC_PORT.DCW, 'i16');
    const kind = numberAt(model.words, at + DC_PORT.type, 'u16') === 1 ? 'battery' : 'pv';
    return { kind, watts: raw === undefined ? undefined : scaled(raw, model.words, DC_PORT.DCW_SF) };
  });
}

function meterPart(meter: ModelWords, identity: Identity, roles: readonly Role[]): PlantReading {
  // SolarEdge counts export as positive, everyone else import (reference 3.1, 3.3).
  const sign = /solaredge/i.test(identity.manufacturer) ? -1 : 1;
  const power = (name: string) => {
    const value = point(meter, name);
    return value === undefined ? undefined : sign * value;
  };
  return meterReading(
    {
      power: power('W'),
      phases: [power('W1'), power('W2'), power('W3')],
      importTotal: point(meter, 'WhImp'),
      exportTotal: point(meter, 'WhExp'),
      gridVoltage: point(meter, 'V'),
      gridFrequency: point(meter, 'Hz'),
    },
    roles,
  );
}

/** OutBack charge controllers, model 64111: 0 off 1 float 2 bulk 3 absorb 4 equalise. */
function chargerReading(chargers: readonly ModelWords[]): PlantReading {
  const stages = ['off', 'float', 'bulk', 'absorption', 'equalize'] as const;
  const stage = stages[firstOf(chargers, 'State') ?? -1];
  const kwh = sumKnown(chargers.map((m) => point(m, 'KWh')));
  return given({
    chargerStage: stage,
    batteryFull: stage === 'float' ? true : undefined,
    productionTotal: kwh === undefined ? undefined : kwh * 1000,
  });
}

type Curtailment = Pick<PlantReading, 'curtailed' | 'curtailmentCause' | 'productionLimit'>;

function curtailment(
  models: readonly ModelWords[],
  inverters: readonly ModelWords[],
  acW: number | undefined,
): Curtailment {
  const limit = limitInForce(models);
  const pinned = limit !== undefined && acW !== undefined && acW >= PINNED * limit && limit > 0;
  const throttled = inverters.some((m) => (m.id === 701 ? point(m, 'InvSt') === 4 : point(m, 'St') === THROTTLED));
  const out: Curtailment = given({ productionLimit: limit });
  if (!throttled && !pinned) return out;
  return { ...out, curtailed: true, curtailmentCause: pinned ? 'command' : causeOf(models, inverters) };
}

function limitInForce(models: readonly ModelWords[]): number | undefined {
  const rated = first(models, [
    [121, 'WMax'],
    [702, 'WMax'],
    [702, 'WMaxRtg'],
    [120, 'WRtg'],
  ]);
  const of = (percent: number | undefined) =>
    percent === undefined || rated === undefined ? undefined : (percent / 100) * rated;
  if (first(models, [[123, 'WMaxLim_Ena']]) === 1) return of(first(models, [[123, 'WMaxLimPct']]));
  if (first(models, [[704, 'WMaxLimPctEna']]) === 1) return of(first(models, [[704, 'WMaxLimPct']]));
  if (first(models, [[704, 'WSetEna']]) !== 1) return undefined;
  return first(models, [[704, 'WSetMod']]) === 0
    ? of(first(models, [[704, 'WSetPct']]))
    : first(models, [[704, 'WSet']]);
}

function causeOf(
  models: readonly ModelWords[],
  inverters: readonly ModelWords[],
): NonNullable<PlantReading['curtailmentCause']> {
  const source = firstOf(inverters, 'ThrotSrc') ?? 0;
  if (bit(source, 5)) return 'frequency';
  if (bit(source, 10)) return 'overvoltage';
  if (bit(source, 14)) return 'temperature';
  if (bit(source, 1) || bit(source, 11)) return 'command';
  if (bit(source, 0)) return 'clipping';
  const events = firstOf(inverters, 'Evt1') ?? 0;
  if (bit(events, 7)) return 'temperature';
  if (bit(events, 8)) return 'frequency';
  if (bit(events, 10)) return 'overvoltage';
  const active = first(models, [[122, 'StActCtl']]) ?? 0;
  if (bit(active, 0)) return 'command';
  return 'unknown';
}
