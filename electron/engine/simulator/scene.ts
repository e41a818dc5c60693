import type { BatterySpec } from './battery.ts';
import { CABIN, FARM, HOUSE, type Household } from './demand.ts';
import type { MinerSpec } from './miner.ts';
import type { Panels } from './sun.ts';

type Source = { kind: 'pv'; panels: Panels } | { kind: 'wind'; ratedW: number } | { kind: 'hydro'; ratedW: number };

/** What stands at a simulated site. */
export interface Scene {
  source: Source;
  grid: 'tied' | 'island';
  /** W; absent: unlimited. */
  exportLimitW?: number;
  inverterW: number;
  battery?: BatterySpec;
  socAtStart: number;
  household: Household;
  asics: Readonly<Record<string, MinerSpec>>;
  small: Readonly<Record<string, MinerSpec>>;
}

const asic: MinerSpec = {
  minW: 944,
  maxW: 3050,
  standbyW: 14,
  startS: 90,
  startW: 150,
  rampUpWps: 15,
  rampDownWps: 100,
  curve: [
    { drawW: 944, hashrateThs: 57 },
    { drawW: 1500, hashrateThs: 91 },
    { drawW: 2200, hashrateThs: 130 },
    { drawW: 3050, hashrateThs: 171 },
  ],
  poolDifficulty: 65_536,
};

const axe: MinerSpec = {
  minW: 13,
  maxW: 22,
  standbyW: 2.4,
  startS: 11,
  startW: 4,
  rampUpWps: 6,
  rampDownWps: 4,
  curve: [
    { drawW: 13, hashrateThs: 0.82 },
    { drawW: 18, hashrateThs: 1.07 },
    { drawW: 22, hashrateThs: 1.22 },
  ],
  poolDifficulty: 1000,
};

const battery: BatterySpec = {
  capacityWh: 10_000,
  maxChargeW: 5000,
  maxDischargeW: 5000,
  efficiency: 0.95,
  minPercent: 5,
};

export const HOME: Scene = {
  source: { kind: 'pv', panels: { latitude: 28.1, longitude: -15.4, tilt: 30, azimuth: 180, peakW: 6000 } },
  grid: 'tied',
  exportLimitW: 3600,
  inverterW: 6000,
  battery,
  socAtStart: 70,
  household: HOUSE,
  asics: { asic },
  small: { 'small-1': axe, 'small-2': axe },
};

export const FARM_SCENE: Scene = {
  source: { kind: 'wind', ratedW: 10_000 },
  grid: 'tied',
  exportLimitW: 6000,
  inverterW: 10_000,
  socAtStart: 70,
  household: FARM,
  asics: { 'asic-1': asic, 'asic-2': asic },
  small: { 'small-1': axe },
};

export const STREAM: Scene = {
  source: { kind: 'hydro', ratedW: 4000 },
  grid: 'island',
  inverterW: 4000,
  battery,
  socAtStart: 70,
  household: CABIN,
  asics: { asic },
  small: { 'small-1': axe },
};
