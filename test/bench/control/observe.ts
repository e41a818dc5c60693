import type { LoadPlant } from './load-plant.ts';
import type { Plant } from './plant.ts';
import type { LoadObservation, Observation } from './policy.ts';

/**
 * What an owner's devices would show. The families differ; a typical one shows this much and no more:
 * - grid sites: the meter's import and export, the inverter's production, the miners' own draw, state and power target;
 * - an export limit: its configured value, never a "held back" flag nor the potential;
 * - a battery: charge, discharge, state of charge to 0.1 %, and "full" (charge current limit of the BMS at zero);
 * - off-grid: no meter; the charger's stage, and the frequency by which an island inverter holds AC-coupled PV back
 *   (51 Hz: full rated power, 52 Hz: none).
 * Meter, inverter and battery are read with a latency of 1 s and a noise of ±5 W each.
 */
export interface Observer {
  observe(t: number): Observation;
}

const NOISE_W = 5;
/** A reading older than this is no reading: the loop's max(30 s, 3 polls). */
const MAX_AGE_S = 30;

export function createObserver(
  plant: Plant,
  loads: readonly LoadPlant[],
  random: () => number,
  ratedW: number,
): Observer {
  const seenLoads = loads.map((load): LoadObservation => ({ model: load.model, drawW: 0, phase: 'off', setpointW: 0 }));
  const { site, flows } = plant;
  const seen: Observation = {
    t: 0,
    meterT: -1,
    importW: undefined,
    exportW: undefined,
    productionW: 0,
    chargeW: undefined,
    dischargeW: undefined,
    socPercent: undefined,
    frequencyHz: undefined,
    chargerStage: undefined,
    batteryFull: undefined,
    loads: seenLoads,
    drawW: 0,
  };
  const noise = () => (random() * 2 - 1) * NOISE_W;
  let float = false;

  function observe(t: number): Observation {
    seen.t = t;
    seen.drawW = 0;
    for (let at = 0; at < loads.length; at++) {
      const load = loads[at];
      const shown = seenLoads[at];
      if (load === undefined || shown === undefined) continue;
      shown.drawW = load.drawW;
      shown.phase = load.phase;
      shown.setpointW = load.setpointW;
      seen.drawW += load.drawW;
    }
    seen.productionW = flows.productionW > 0 ? Math.max(0, flows.productionW + noise()) : 0;
    if (site.connection === 'grid') observeMeter(t);
    if (site.battery !== undefined) observeBattery();
    return seen;
  }

  function observeMeter(t: number): void {
    const lost = site.meterLost;
    const dayS = t % 86_400;
    const netW = flows.importW - flows.exportW + noise();
    if (lost !== undefined && dayS > lost.fromS && dayS <= lost.toS) {
      if (t - seen.meterT > MAX_AGE_S) {
        seen.importW = undefined;
        seen.exportW = undefined;
      }
      return;
    }
    seen.meterT = t - 1;
    seen.importW = Math.max(0, netW);
    seen.exportW = Math.max(0, -netW);
  }

  function observeBattery(): void {
    const netW = flows.chargeW - flows.dischargeW + noise();
    seen.chargeW = Math.max(0, netW);
    seen.dischargeW = Math.max(0, -netW);
    seen.socPercent = Math.round(flows.socPercent * 10) / 10;
    seen.batteryFull = flows.socPercent >= 99.95;
    if (site.connection !== 'off-grid') return;
    // Float begins when full and ends when the battery has given back 2 %, as chargers do on voltage.
    float = flows.socPercent >= 99.95 || (float && flows.socPercent > 98);
    seen.chargerStage =
      flows.productionW < 1 ? 'off' : float ? 'float' : flows.socPercent >= 95 ? 'absorption' : 'bulk';
    const held = flows.potentialW - flows.productionW > 1;
    seen.frequencyHz = (held ? 52 - Math.min(1, flows.productionW / ratedW) : 50) + (random() - 0.5) * 0.02;
  }

  return { observe };
}
