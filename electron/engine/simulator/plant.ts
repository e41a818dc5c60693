import { clamp } from '#shared/units.ts';
import { acceptsW, givesW, storedAfter } from './battery.ts';
import { demandW } from './demand.ts';
import { createMiner, type Miner } from './miner.ts';
import { chance, smoothNoise } from './noise.ts';
import type { Scene } from './scene.ts';
import { type SiteSeconds, solarPotentialW, streamPotentialW, windPotentialW, windSpeed } from './weather.ts';

/** Length of one step; readings change once a second, as those of a real meter do. */
const STEP_S = 1;
/** A limit in force is followed to 95 % within three seconds. */
const LIMIT_TAU_S = 1;
const BATTERY_TAU_S = 0.35;
const CONVERSION_LOSS = 0.02;
const SETTLE_S = 30;

type Stage = 'bulk' | 'absorption' | 'float';

/** Everything that is so, without the noise of meters. Powers W, directional. */
export interface PlantTruth {
  atMs: number;
  potentialW: number;
  productionW: number;
  lossW: number;
  demandW: number;
  loadsW: number;
  importW: number;
  exportW: number;
  chargeW: number;
  dischargeW: number;
  /** Island only: demand that nobody could serve. */
  unservedW: number;
  /** Production is held back below what it could be. */
  throttled: boolean;
  storedWh: number;
  socPercent: number;
  stage: Stage;
  frequencyHz: number;
  voltageV: number;
  windMps: number;
  productionWh: number;
  importWh: number;
  exportWh: number;
  chargeWh: number;
  dischargeWh: number;
  /** What the loads drew, and how much of it a grid import of the same second could have fed. */
  loadsWh: number;
  gridFedWh: number;
}

export interface Plant {
  readonly scene: Scene;
  readonly seed: number;
  readonly truth: Readonly<PlantTruth>;
  readonly miners: Readonly<Record<string, Miner>>;
  /** Drawn beside the household's own, W: a test's kettle. */
  kettleW: number;
  /** Steps on to the last whole second at or before `atMs`. */
  advanceTo(atMs: number): void;
}

export interface PlantStart {
  /** Site time now, epoch ms. */
  atMs: number;
  /** Seconds since the local midnight before. */
  siteS: SiteSeconds;
  seed: number;
  socPercent?: number;
}

export function createPlant(scene: Scene, start: PlantStart): Plant {
  const { seed } = start;
  const miners = Object.fromEntries(
    Object.entries({ ...scene.asics, ...scene.small }).map(([id, spec], i) => [id, createMiner(spec, seed + 1000 + i)]),
  );
  const socPercent = scene.battery ? (start.socPercent ?? scene.socAtStart) : 0;
  const truth: PlantTruth = {
    atMs: start.atMs,
    potentialW: 0,
    productionW: 0,
    lossW: 0,
    demandW: 0,
    loadsW: 0,
    importW: 0,
    exportW: 0,
    chargeW: 0,
    dischargeW: 0,
    unservedW: 0,
    throttled: false,
    storedWh: ((scene.battery?.capacityWh ?? 0) * socPercent) / 100,
    socPercent,
    stage: 'bulk',
    frequencyHz: 50,
    voltageV: 230,
    windMps: 0,
    productionWh: 4_812_000,
    importWh: 1_204_000,
    exportWh: 2_307_000,
    chargeWh: 0,
    dischargeWh: 0,
    loadsWh: 0,
    gridFedWh: 0,
  };
  let limitW = scene.inverterW;
  let batteryW = 0;
  let rotorW = 0;

  function potentialW(t: SiteSeconds): number {
    const { source } = scene;
    if (source.kind === 'pv') return solarPotentialW(seed, t, truth.atMs, source.panels);
    if (source.kind === 'hydro') return streamPotentialW(seed, t, source.ratedW);
    truth.windMps = windSpeed(seed, t);
    // The rotor's mass smooths gusts over some eight seconds.
    rotorW += (windPotentialW(truth.windMps, source.ratedW) - rotorW) * (1 - Math.exp(-STEP_S / 8));
    return rotorW;
  }

  function step(): void {
    truth.atMs += STEP_S * 1000;
    const t = start.siteS + (truth.atMs - start.atMs) / 1000;
    let loadsW = 0;
    for (const miner of Object.values(miners)) {
      miner.step(STEP_S);
      loadsW += miner.drawW;
    }
    const potential = Math.min(potentialW(t), scene.inverterW);
    const demand = demandW(seed, t, scene.household) + plant.kettleW;
    const use = demand + loadsW;

    const { battery } = scene;
    const floating = scene.grid === 'island' && truth.stage === 'float';
    const accepts = battery ? Math.min(acceptsW(battery, truth.storedWh, STEP_S), floating ? 40 : Infinity) : 0;
    const gives = battery ? givesW(battery, truth.storedWh, STEP_S) : 0;
    const outlet = scene.grid === 'island' ? 0 : (scene.exportLimitW ?? Infinity);
    const wantedW = Math.min(scene.inverterW, (use + accepts + outlet) / (1 - CONVERSION_LOSS));
    limitW += (wantedW - limitW) * (1 - Math.exp(-STEP_S / LIMIT_TAU_S));

    const production = Math.min(potential, limitW);
    const loss = production * CONVERSION_LOSS;
    const restW = production - loss - use;
    let unserved = 0;
    if (scene.grid === 'island') {
      // The battery inverter forms the grid: what is left over or missing is its own at once.
      unserved = Math.max(0, -restW - gives);
      batteryW = restW + unserved;
    } else {
      batteryW += (clamp(restW, -gives, accepts) - batteryW) * (1 - Math.exp(-STEP_S / BATTERY_TAU_S));
      batteryW = clamp(batteryW, -gives, accepts);
    }
    const gridW = scene.grid === 'island' ? 0 : use + loss + batteryW - production;
    if (battery) {
      truth.storedWh = storedAfter(battery, truth.storedWh, batteryW, STEP_S);
      truth.socPercent = (100 * truth.storedWh) / battery.capacityWh;
      truth.stage = stageAfter(truth.stage, truth.socPercent);
    }

    truth.potentialW = potential;
    truth.productionW = production;
    truth.lossW = loss;
    truth.demandW = demand;
    truth.loadsW = loadsW;
    truth.importW = Math.max(0, gridW);
    truth.exportW = Math.max(0, -gridW);
    truth.chargeW = Math.max(0, batteryW);
    truth.dischargeW = Math.max(0, -batteryW);
    truth.unservedW = unserved;
    truth.throttled = potential - production > 10;
    truth.frequencyHz = frequency(t, potential, production);
    truth.voltageV =
      230 + truth.exportW * 0.0014 - truth.importW * 0.0009 + 3 * (smoothNoise(seed + 71, t / 600) - 0.5);
    const hours = STEP_S / 3600;
    truth.productionWh += production * hours;
    truth.importWh += truth.importW * hours;
    truth.exportWh += truth.exportW * hours;
    truth.chargeWh += truth.chargeW * hours;
    truth.dischargeWh += truth.dischargeW * hours;
    truth.loadsWh += loadsW * hours;
    truth.gridFedWh += Math.min(loadsW, truth.importW) * hours;
  }

  /** An island inverter raises its frequency to throttle the turbine: 50.2 Hz begins, 52.7 Hz would stop it. */
  function frequency(t: SiteSeconds, potential: number, production: number): number {
    const calm = 50 + 0.03 * (smoothNoise(seed + 72, t / 20) - 0.5) + 0.002 * (chance(seed + 73, t) - 0.5);
    if (scene.grid === 'tied' || potential - production < 1) return calm;
    return 50.2 + 2.5 * (1 - production / potential);
  }

  const plant: Plant = {
    scene,
    seed,
    truth,
    miners,
    kettleW: 0,
    advanceTo(atMs) {
      while (truth.atMs + STEP_S * 1000 <= atMs) step();
    },
  };

  // The first seconds settle limiter, battery and rotor; the counters begin after them.
  const { storedWh, productionWh, importWh, exportWh } = truth;
  truth.atMs -= SETTLE_S * 1000;
  while (truth.atMs < start.atMs) step();
  Object.assign(truth, {
    storedWh,
    productionWh,
    importWh,
    exportWh,
    chargeWh: 0,
    dischargeWh: 0,
    loadsWh: 0,
    gridFedWh: 0,
    socPercent,
    stage: 'bulk',
  });

  return plant;
}

/** Absorption from 90 %, float when full, bulk again below 95 % of float or 85 % of absorption. */
function stageAfter(stage: Stage, soc: number): Stage {
  if (stage === 'float') return soc < 95 ? 'bulk' : 'float';
  if (soc >= 99.5) return 'float';
  if (stage === 'absorption') return soc < 85 ? 'bulk' : 'absorption';
  return soc >= 90 ? 'absorption' : 'bulk';
}
