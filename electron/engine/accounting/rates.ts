import type { ControlSettings, Decision, LoadModel, MarketNow, Snapshot } from '#shared/control.ts';
import { originKeys, splitDraw, type OriginKey, type OriginW } from './counterfactual.ts';
import { valueOf } from './earnings.ts';
import { gridOf, instantOf } from './instant.ts';
import { workOf, type WorkRead } from './work.ts';
import type { GridBias } from './offset.ts';

export const flowKeys = ['production', 'import', 'export', 'charge', 'discharge', 'demand'] as const;
export type FlowKey = (typeof flowKeys)[number];

export const moneyKeys = ['mined', 'forgoneExport', 'importCost', 'batteryCost', 'paidExportAvoided'] as const;
export type MoneyKey = (typeof moneyKeys)[number];

export type SiteKey = FlowKey | 'curtailed' | 'curtailedPlusMinus';
/** `unvalued`, `…Unpriced`: power whose sats or price are unknown, W. */
export type LoadKey = 'draw' | OriginKey | 'sats' | 'unvalued' | MoneyRate;
type MoneyRate = `${MoneyKey}Money` | `${MoneyKey}Unpriced`;

/** `sats` is absent where they are unknown. */
export type LoadRates = Record<Exclude<LoadKey, 'sats'>, number> & { sats?: number };

/**
 * What one tick is worth per unit of time; an absent key is unknown. Powers W; sats per hour; money in thousandths of the
 * currency unit per hour: × ms / 3600 all three become the ledger's mWh, millisats and millionths.
 */
export interface Rates {
  atMs: number;
  /** Every reading the site should give is there. */
  complete: boolean;
  /** The origin of all draw is known. */
  proven: boolean;
  site: Partial<Record<SiteKey, number>>;
  /** The site has loads, read or not. */
  hasLoads: boolean;
  loads: Record<string, LoadRates>;
  /** What the miners' share counters stood at. */
  work: Record<string, WorkRead>;
  /** Why a load draws what it draws: the reason it was given. */
  causes: Record<string, string>;
  curtailedMethod?: 'reported' | 'probed' | 'modelled';
  /** import − export with the loads off while something regulates it, W. */
  biasSampleW?: number;
}

export interface TickInput {
  atMs: number;
  snapshot: Snapshot;
  decision: Decision;
  settings: ControlSettings;
  market: MarketNow;
  loads: readonly LoadModel[];
}

/** What the site has, so that a missing reading is told from a missing device. */
export interface Equipment {
  production: boolean;
  grid: boolean;
  battery: boolean;
}

// A load that is off still feeds its network chip.
const OFF_W = 15;

export function ratesOf(input: TickInput, equipment: Equipment, bias: GridBias): Rates {
  const { snapshot, settings, market, loads, decision } = input;
  const draws = loads.map((load) => snapshot.loads[load.id]?.draw?.value);
  const drawsKnown = draws.every((draw) => draw !== undefined);
  const drawW = draws.reduce<number>((sum, draw) => sum + (draw ?? 0), 0);
  const boost = decision.boost !== undefined;
  const given = {
    atMs: input.atMs,
    drawW,
    hasBattery: equipment.battery,
    bias,
    boost,
    exportPerKwh: market.exportPerKwh,
  };
  const split = splitDraw(instantOf(snapshot, settings, given));
  const flows = flowRates(snapshot, settings, equipment, drawsKnown ? drawW : undefined);
  const values = loads.map((load, i) => {
    const hashrate = snapshot.loads[load.id]?.hashrate?.value ?? hashrateFromCurve(load, draws[i]);
    return draws[i] === undefined ? {} : valueOf(load, draws[i], hashrate, market);
  });
  const rates: Rates = {
    atMs: input.atMs,
    complete: drawsKnown && isComplete(flows),
    proven: drawsKnown && split.unproven === 0,
    site: flows,
    hasLoads: loads.length > 0 || Object.keys(snapshot.loads).length > 0,
    loads: {},
    work: {},
    causes: {},
  };
  if (decision.curtailedW !== undefined) {
    flows.curtailed = decision.curtailedW;
    if (decision.potential) flows.curtailedPlusMinus = decision.potential.plusMinusW;
  }
  for (const load of decision.loads) rates.causes[load.loadId] = causeOf(load, snapshot);
  for (let i = 0; i < loads.length; i += 1) {
    const { id } = loads[i] as LoadModel;
    const work = workOf(snapshot.loads[id], market);
    if (work) rates.work[id] = work;
    const draw = draws[i];
    if (draw === undefined) continue;
    const sats = values[i]?.satsPerHour;
    const load = loadRates(split, drawW > 0 ? draw / drawW : 0, draw, market, values[i]?.moneyPerHour);
    if (sats !== undefined) {
      load.sats = sats;
      load.unvalued = 0;
    }
    rates.loads[id] = load;
  }
  if (decision.potential) rates.curtailedMethod = decision.potential.method;
  const { importW, exportW } = gridOf(snapshot, settings);
  if (drawsKnown && drawW <= OFF_W * loads.length && importW !== undefined && exportW !== undefined) {
    if (regulated(snapshot, settings)) rates.biasSampleW = importW - exportW;
  }
  return rates;
}

/** Zero export or a battery inverter holds the grid point near zero. */
const regulated = (snapshot: Snapshot, settings: ControlSettings): boolean =>
  (snapshot.production?.value ?? 0) > 0 &&
  (snapshot.curtailed?.value === true ||
    (settings.exportLimitW === 0 && (snapshot.export?.value ?? 0) > 0) ||
    (snapshot.charge?.value ?? 0) + (snapshot.discharge?.value ?? 0) > OFF_W);

function flowRates(snapshot: Snapshot, settings: ControlSettings, has: Equipment, drawW: number | undefined) {
  const { importW, exportW } = has.grid ? gridOf(snapshot, settings) : { importW: undefined, exportW: undefined };
  const noGrid = settings.connection === 'off-grid' ? 0 : undefined;
  const known = {
    production: has.production ? snapshot.production?.value : 0,
    import: importW ?? noGrid,
    export: exportW ?? noGrid,
    charge: has.battery ? snapshot.charge?.value : 0,
    discharge: has.battery ? snapshot.discharge?.value : 0,
  };
  const { production, charge, discharge } = known;
  const all = [production, known.import, known.export, charge, discharge, drawW];
  const [p = 0, i = 0, e = 0, c = 0, d = 0, l = 0] = all;
  const derived = all.includes(undefined) ? undefined : Math.max(0, p + i + d - l - e - c);
  return knownOf({ ...known, demand: snapshot.demand?.value ?? derived });
}

/**
 * One load's share of the split, with its money in thousandths of the currency unit per hour. One literal: copying parts
 * together would be the dearest step of the planner's years.
 */
function loadRates(
  split: OriginW,
  share: number,
  draw: number,
  { exportPerKwh, importPerKwh, batteryPerKwh }: MarketNow,
  minedPerHour: number | undefined,
): LoadRates {
  const forgoneExport = split.forgoneExport * share;
  const avoidedPaidExport = split.avoidedPaidExport * share;
  const imported = (split.gridFed + split.contracted + split.boostFed) * share;
  const battery = (split.batteryFed + split.deferredCharge) * share;
  return {
    draw,
    gridFed: split.gridFed * share,
    contracted: split.contracted * share,
    boostFed: split.boostFed * share,
    batteryFed: split.batteryFed * share,
    deferredCharge: split.deferredCharge * share,
    forgoneExport,
    avoidedPaidExport,
    avoidedCurtailment: split.avoidedCurtailment * share,
    unproven: split.unproven * share,
    minedMoney: (minedPerHour ?? 0) * 1000,
    minedUnpriced: minedPerHour === undefined ? draw : 0,
    forgoneExportMoney: moneyOf(forgoneExport, exportPerKwh),
    forgoneExportUnpriced: unpricedOf(forgoneExport, exportPerKwh),
    importCostMoney: moneyOf(imported, importPerKwh),
    importCostUnpriced: unpricedOf(imported, importPerKwh),
    batteryCostMoney: moneyOf(battery, batteryPerKwh),
    batteryCostUnpriced: unpricedOf(battery, batteryPerKwh),
    paidExportAvoidedMoney: -moneyOf(avoidedPaidExport, exportPerKwh),
    paidExportAvoidedUnpriced: unpricedOf(avoidedPaidExport, exportPerKwh),
    unvalued: draw,
  };
}

const moneyOf = (powerW: number, perKwh: number | undefined) => (perKwh === undefined ? 0 : powerW * perKwh);
const unpricedOf = (powerW: number, perKwh: number | undefined) => (perKwh === undefined ? powerW : 0);

/** @returns TH/s at that draw, on straight lines between the points; absent outside the curve */
function hashrateFromCurve({ curve }: LoadModel, drawW: number | undefined): number | undefined {
  if (drawW === undefined) return undefined;
  const next = curve.findIndex((point) => point.drawW >= drawW);
  const high = curve[next];
  if (!high) return undefined;
  const low = curve[next - 1] ?? high;
  const share = high.drawW === low.drawW ? 0 : (drawW - low.drawW) / (high.drawW - low.drawW);
  return next === 0 && high.drawW !== drawW
    ? undefined
    : low.hashrateThs + share * (high.hashrateThs - low.hashrateThs);
}

function causeOf(load: Decision['loads'][number], snapshot: Snapshot): string {
  const draw = snapshot.loads[load.loadId]?.draw?.value ?? 0;
  // 5 %: what a miner's own control leaves between setpoint and draw.
  return draw > load.setpointW * 1.05 + OFF_W ? 'ramping-down' : load.reason.id;
}

const isComplete = (flows: Rates['site']): boolean =>
  flows.production !== undefined &&
  flows.import !== undefined &&
  flows.export !== undefined &&
  flows.charge !== undefined &&
  flows.discharge !== undefined;

/** Written out: this runs for every tick of the planner's years. */
function knownOf(flows: Record<FlowKey, number | undefined>): Rates['site'] {
  const known: Rates['site'] = {};
  if (flows.production !== undefined) known.production = flows.production;
  if (flows.import !== undefined) known.import = flows.import;
  if (flows.export !== undefined) known.export = flows.export;
  if (flows.charge !== undefined) known.charge = flows.charge;
  if (flows.discharge !== undefined) known.discharge = flows.discharge;
  if (flows.demand !== undefined) known.demand = flows.demand;
  return known;
}

export const originTotal = (origin: Partial<Record<OriginKey, number>>): number =>
  originKeys.reduce((sum, key) => sum + (origin[key] ?? 0), 0);
