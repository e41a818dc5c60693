import { LoadModel } from '#shared/control.ts';

export const LOAD_SET_IDS = ['L1', 'L2', 'L3'] as const;
export type LoadSetId = (typeof LOAD_SET_IDS)[number];

export interface LoadSet {
  id: LoadSetId;
  /** Filling order: largest first. */
  loads: readonly LoadModel[];
  /** Smallest power any of them runs at. */
  minW: number;
  maxW: number;
  /** Largest sum of levels that does not exceed `powerW`; 0 where none fits. */
  fit(powerW: number): number;
}

/** Where CONTROL.md is silent (start draw of L2 and L3, their ramps) the values are those of docs/decisions/0010. */
export function loadSet(id: LoadSetId): LoadSet {
  const loads = LOADS[id].map((load) => LoadModel.parse(load));
  const minW = Math.min(...loads.map(minOf));
  const maxW = loads.reduce((sum, load) => sum + maxOf(load), 0);
  return { id, loads, minW, maxW, fit: fitting(loads) };
}

const l1 = {
  id: 'asic',
  name: 'ASIC with a power target',
  kind: 'miner',
  levels: { kind: 'range', minW: 944, maxW: 3050, stepW: 1 },
  curve: [
    { drawW: 944, hashrateThs: 52 },
    { drawW: 1500, hashrateThs: 80 },
    { drawW: 2200, hashrateThs: 111 },
    { drawW: 3050, hashrateThs: 141 },
  ],
  startS: 90,
  startW: 150,
  rampUpWps: 15,
  rampDownWps: 100,
  raiseGapS: 60,
  lowerGapS: 10,
  writesPerDay: 900,
} as const;

const l2 = {
  id: 'modes',
  name: 'ASIC with three modes',
  kind: 'miner',
  levels: { kind: 'steps', watts: [800, 1300, 1650] },
  curve: [
    { drawW: 800, hashrateThs: 50 },
    { drawW: 1300, hashrateThs: 76 },
    { drawW: 1650, hashrateThs: 90 },
  ],
  startS: 120,
  startW: 150,
  raiseGapS: 60,
  lowerGapS: 60,
} as const;

const shelfAsic = {
  ...l1,
  id: 'shelf-asic',
  name: 'Shelf ASIC',
  priority: 10,
  levels: { kind: 'range', minW: 300, maxW: 1400, stepW: 1 },
  curve: [
    { drawW: 300, hashrateThs: 15 },
    { drawW: 800, hashrateThs: 38 },
    { drawW: 1400, hashrateThs: 60 },
  ],
  startS: 60,
  startW: 50,
} as const;

const shelfMid = (index: number) => ({
  id: `shelf-mid-${index}`,
  name: `Shelf heater miner ${index}`,
  kind: 'miner',
  priority: 11,
  levels: { kind: 'steps', watts: [65, 100, 140] },
  curve: [
    { drawW: 65, hashrateThs: 2.5 },
    { drawW: 100, hashrateThs: 3.3 },
    { drawW: 140, hashrateThs: 4 },
  ],
  startS: 30,
  startW: 15,
  raiseGapS: 10,
  lowerGapS: 10,
});

const shelfSmall = (index: number) => ({
  id: `shelf-small-${index}`,
  name: `Shelf small miner ${index}`,
  kind: 'miner',
  priority: 12,
  levels: { kind: 'steps', watts: [18] },
  curve: [{ drawW: 18, hashrateThs: 1.2 }],
  startS: 11,
  startW: 5,
  raiseGapS: 11,
  lowerGapS: 11,
});

const count = (to: number) => Array.from({ length: to }, (_, at) => at + 1);
const LOADS: Record<LoadSetId, readonly unknown[]> = {
  L1: [l1],
  L2: [l2],
  L3: [shelfAsic, ...count(2).map(shelfMid), ...count(10).map(shelfSmall)],
};

export const minOf = (load: LoadModel): number =>
  load.levels.kind === 'range' ? load.levels.minW : (load.levels.watts[0] ?? 0);
export const maxOf = (load: LoadModel): number =>
  load.levels.kind === 'range' ? load.levels.maxW : (load.levels.watts.at(-1) ?? 0);

/** The load's highest level not above `powerW`; 0 where none fits. */
export function levelAtMost(load: LoadModel, powerW: number): number {
  const { levels } = load;
  if (levels.kind === 'steps') return levels.watts.findLast((level) => level <= powerW) ?? 0;
  if (powerW < levels.minW) return 0;
  const steps = Math.floor((Math.min(powerW, levels.maxW) - levels.minW) / levels.stepW + 1e-9);
  return levels.minW + steps * levels.stepW;
}

export const isLevel = (load: LoadModel, powerW: number): boolean =>
  load.levels.kind === 'steps'
    ? load.levels.watts.includes(powerW)
    : powerW >= load.levels.minW && powerW <= load.levels.maxW;

/** At most one load of a set is continuous; the others' sums are enumerated, then the continuous one takes the rest. */
function fitting(loads: readonly LoadModel[]): (powerW: number) => number {
  const range = loads.find((load) => load.levels.kind === 'range');
  let sums = new Set([0]);
  for (const load of loads) {
    if (load.levels.kind !== 'steps') continue;
    const watts = load.levels.watts;
    sums = new Set([...sums].flatMap((sum) => [sum, ...watts.map((level) => sum + level)]));
  }
  const ascending = [...sums].toSorted((a, b) => a - b);
  const best = (powerW: number) => {
    let most = 0;
    for (const sum of ascending) {
      if (sum > powerW) break;
      most = Math.max(most, sum);
      if (range !== undefined && powerW - sum >= minOf(range))
        most = Math.max(most, sum + Math.min(powerW - sum, maxOf(range)));
    }
    return most;
  };
  if (range !== undefined && ascending.length === 1)
    return (powerW) => (powerW < minOf(range) ? 0 : Math.min(powerW, maxOf(range)));
  // Between the smallest continuous power and the sum of all, every watt can be met.
  const from = range === undefined ? Number.POSITIVE_INFINITY : minOf(range);
  const most = loads.reduce((sum, load) => sum + maxOf(load), 0);
  const table = Float64Array.from({ length: Math.ceil(Math.min(from, most)) + 1 }, (_, watts) => best(watts));
  return (powerW) => {
    if (powerW <= 0) return 0;
    if (powerW >= most) return most;
    return powerW >= from ? best(powerW) : (table[Math.floor(powerW)] ?? 0);
  };
}
