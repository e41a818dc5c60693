import { createLoadPlant, advanceLoad, writeSetpoint } from './load-plant.ts';
import { loadSet, type LoadSet, type LoadSetId } from './loads.ts';
import { addSecond, figuresOf, idealW, LEAST_IDEAL_WH, noSums, type Figure } from './metrics.ts';
import { createObserver } from './observe.ts';
import { advancePlant, createPlant, type Flows } from './plant.ts';
import type { PolicyFactory, PolicyId } from './policy.ts';
import { seededRandom, seedOf } from './random.ts';
import { siteFor, type Site, type SiteId } from './sites.ts';
import type { Trace, TraceKind } from './traces.ts';

/** One run: a policy on a trace, site and load set. */
export interface Row {
  policy: PolicyId;
  trace: string;
  kind: TraceKind;
  site: SiteId;
  load: LoadSetId;
  idealKwh: number;
  /** Too little ideal energy: not in the means. */
  leftOut: boolean;
  minedKwh: number;
  plantFedKwh: number;
  gridFedWh: number;
  batteryFedWh: number;
  chargeTakenWh: number;
  starts: number;
  writes: number;
  /** Writes the loads refused for their own limits. */
  refused: number;
  figures: Record<Figure, number>;
}

/** The true second, for the log and the picture. */
export interface Second {
  t: number;
  flows: Flows;
  drawW: number;
  miningW: number;
  setpointW: number;
  writes: number;
  starts: number;
  reason: string;
}

/** The site's day without loads: what is left for them, and how short the island is anyway. */
export interface Before {
  site: Site;
  /** Potential less demand less the charge the battery could take; negative where short. */
  availableW: Float64Array;
  /** Potential less demand. */
  surplusW: Float64Array;
  unservedWh: number;
}

export function dayWithoutLoads(trace: Trace, siteId: SiteId): Before {
  const site = siteFor(siteId, trace);
  const plant = createPlant(site);
  const availableW = new Float64Array(trace.seconds);
  const surplusW = new Float64Array(trace.seconds);
  let unservedWh = 0;
  for (let t = 0; t < trace.seconds; t++) {
    const potentialW = trace.potentialW[t] ?? 0;
    const demandW = trace.demandW[t] ?? 0;
    const flows = advancePlant(plant, potentialW, demandW, 0);
    surplusW[t] = potentialW - demandW;
    availableW[t] = potentialW - demandW - flows.chargeableW;
    unservedWh += flows.unservedDemandW / 3600;
  }
  return { site, availableW, surplusW, unservedWh };
}

export interface RunContext {
  trace: Trace;
  before: Before;
  set: LoadSet;
  idealWh: number;
}

export function prepareRun(trace: Trace, before: Before, load: LoadSetId): RunContext {
  const set = loadSet(load);
  let idealWh = 0;
  for (const availableW of before.availableW) idealWh += idealW(set, availableW) / 3600;
  return { trace, before, set, idealWh };
}

export function runPolicy(context: RunContext, make: PolicyFactory, onSecond?: (second: Second) => void): Row {
  const { trace, before, set, idealWh } = context;
  const { site } = before;
  const policy = make({ trace, site, set, before });
  const plant = createPlant(site, policy.free);
  const loads = set.loads.map(createLoadPlant);
  const random = seededRandom(seedOf(`${trace.id}/${site.id}/${set.id}`));
  const observer = createObserver(plant, loads, random, trace.peakW);
  const sums = noSums();
  for (let t = 0; t < trace.seconds; t++) {
    const wanted = policy.decide(observer.observe(t));
    let drawW = 0;
    let miningW = 0;
    for (let at = 0; at < loads.length; at++) {
      const load = loads[at];
      if (load === undefined) continue;
      writeSetpoint(load, wanted[at] ?? 0, t, policy.free);
      advanceLoad(load);
      drawW += load.drawW;
      miningW += load.miningW;
    }
    const flows = advancePlant(plant, trace.potentialW[t] ?? 0, trace.demandW[t] ?? 0, drawW);
    addSecond(sums, site, flows, drawW, miningW);
    onSecond?.({
      t,
      flows,
      drawW,
      miningW,
      setpointW: total(loads, 'setpointW'),
      writes: total(loads, 'writes'),
      starts: total(loads, 'starts'),
      reason: policy.reason(),
    });
  }
  const starts = total(loads, 'starts');
  const writes = total(loads, 'writes');
  return {
    policy: policy.id,
    trace: trace.id,
    kind: trace.kind,
    site: site.id,
    load: set.id,
    idealKwh: idealWh / 1000,
    leftOut: idealWh < LEAST_IDEAL_WH,
    minedKwh: sums.minedWh / 1000,
    plantFedKwh: sums.plantFedWh / 1000,
    gridFedWh: sums.gridFedWh,
    batteryFedWh: sums.batteryFedWh,
    chargeTakenWh: sums.chargeTakenWh,
    starts,
    writes,
    refused: total(loads, 'refused'),
    figures: figuresOf(sums, { idealWh, starts, writes, unservedBeforeWh: before.unservedWh }),
  };
}

function total<K extends string>(items: readonly Record<K, number>[], key: K): number {
  let sum = 0;
  for (const item of items) sum += item[key];
  return sum;
}
