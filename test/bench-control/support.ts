import { loadSet, type LoadSetId } from '../bench/control/loads.ts';
import type { Observation, PolicyContext } from '../bench/control/policy.ts';
import { dayWithoutLoads } from '../bench/control/run.ts';
import { siteFor, type SiteId } from '../bench/control/sites.ts';
import type { Trace } from '../bench/control/traces.ts';

/** A trace from functions of the second. */
export function traceOf(
  seconds: number,
  potential: (t: number) => number,
  demand: (t: number) => number = () => 0,
): Trace {
  const potentialW = Float64Array.from({ length: seconds }, (_, t) => potential(t));
  const demandW = Float64Array.from({ length: seconds }, (_, t) => demand(t));
  return { id: 'made', kind: 'pv', seconds, potentialW, demandW, peakW: Math.max(...potentialW) };
}

export function contextOf(site: SiteId, load: LoadSetId, trace = traceOf(60, () => 0)): PolicyContext {
  return { trace, site: siteFor(site, trace), set: loadSet(load), before: dayWithoutLoads(trace, site) };
}

/** `netW`: grid import, negative for export; absent: the meter is silent. */
export function seenAt(t: number, netW: number | undefined, drawW = 0, batteryW?: number): Observation {
  const split = (watts: number | undefined, sign: number) =>
    watts === undefined ? undefined : Math.max(0, sign * watts);
  return {
    t,
    meterT: t - 1,
    importW: split(netW, 1),
    exportW: split(netW, -1),
    productionW: 0,
    chargeW: split(batteryW, -1),
    dischargeW: split(batteryW, 1),
    socPercent: undefined,
    frequencyHz: undefined,
    chargerStage: undefined,
    batteryFull: undefined,
    loads: [],
    drawW,
  };
}
