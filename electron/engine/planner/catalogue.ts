import type { CatalogueLoad } from '#shared/contract/planner.ts';
import { LoadModel } from '#shared/control.ts';
import type { PlanLoad } from '#shared/plan.ts';
import type { z } from 'zod';

/** [watts, TH/s] */
type Point = readonly [number, number];

interface Entry {
  id: string;
  name: string;
  curve: readonly Point[];
  levels: 'range' | 'steps';
  /** USD or EUR, used where it is no longer sold new; prices move: the owner's own counts. */
  price: number;
  lifeYears: number;
  model: Partial<z.input<typeof LoadModel>>;
  source: string;
}

/** Autotuning firmware with a power target: slow up, quick down. */
const tuned = { startS: 90, startW: 150, standbyW: 15, rampUpWps: 15, rampDownWps: 100, raiseGapS: 120 } as const;
const stepped = { startS: 120, startW: 150, standbyW: 15, rampUpWps: 100, rampDownWps: 100, lowerGapS: 60 } as const;
const small = { startS: 11, startW: 5, raiseGapS: 60, lowerGapS: 11, startsPerDay: 30 } as const;
const PRICE = 'price: assumed, of the order of offers in 2026';

const ENTRIES: readonly Entry[] = [
  {
    id: 'bitaxe-gamma',
    name: 'Bitaxe Gamma 602',
    curve: [[18, 1.07]],
    levels: 'steps',
    price: 110,
    lifeYears: 4,
    model: small,
    source: `AxeOS reading of a device: 18.75 W, 1.07 TH/s; ${PRICE}`,
  },
  {
    id: 'nerdqaxe-plus-plus',
    name: 'NerdQAxe++',
    curve: [[76, 4.8]],
    levels: 'steps',
    price: 340,
    lifeYears: 4,
    model: small,
    source: `firmware's range 52–100 W, 16 J/TH; ${PRICE}`,
  },
  {
    id: 'avalon-nano-3s',
    name: 'Avalon Nano 3S',
    curve: [
      [65, 3],
      [100, 4.4],
      [140, 6],
    ],
    levels: 'steps',
    price: 240,
    lifeYears: 4,
    model: { ...small, startS: 30, startW: 15 },
    source: `modes of 65/100/140 W, 6 TH/s at the highest (Canaan); lower modes in proportion; ${PRICE}`,
  },
  {
    id: 'avalon-q',
    name: 'Avalon Q',
    curve: [
      [800, 55],
      [1300, 78],
      [1674, 90],
    ],
    levels: 'steps',
    price: 1300,
    lifeYears: 5,
    model: { ...stepped, standbyW: 30 },
    source: `modes of a device: 55 TH/s at 800 W; 90 TH/s at 1674 W (Canaan); ${PRICE}`,
  },
  {
    id: 's19j-pro',
    name: 'Antminer S19j Pro, Braiins OS',
    curve: [
      [944, 36],
      [1600, 62],
      [2400, 86],
      [3068, 104],
    ],
    levels: 'range',
    price: 350,
    lifeYears: 3,
    model: tuned,
    source: `104 TH/s at 3068 W (Bitmain), least target 944 W seen on a device; between them 26–29 J/TH; used, ${PRICE}`,
  },
  {
    id: 's19k-pro',
    name: 'Antminer S19k Pro, LuxOS',
    curve: [
      [784, 39],
      [1500, 75],
      [2200, 103],
      [2794, 122],
    ],
    levels: 'steps',
    price: 650,
    lifeYears: 4,
    model: { ...stepped, raiseGapS: 120 },
    source: `profile table of a device: 784 W 39 TH/s to 2794 W; ${PRICE}`,
  },
  {
    id: 's21',
    name: 'Antminer S21 200T, Braiins OS',
    curve: [
      [1500, 100],
      [2500, 153],
      [3500, 200],
    ],
    levels: 'range',
    price: 2200,
    lifeYears: 5,
    model: tuned,
    source: `200 TH/s at 3500 W (Bitmain); lower targets assumed at 15–16.3 J/TH; ${PRICE}`,
  },
  {
    id: 's21-pro',
    name: 'Antminer S21 Pro, Braiins OS',
    curve: [
      [1800, 134],
      [2600, 186],
      [3510, 234],
    ],
    levels: 'range',
    price: 3300,
    lifeYears: 5,
    model: tuned,
    source: `234 TH/s at 3510 W (Bitmain); lower targets assumed at 13.4–14 J/TH; ${PRICE}`,
  },
  {
    id: 'm60s',
    name: 'Whatsminer M60S',
    curve: [
      [1440, 82],
      [2400, 135],
      [3441, 186],
    ],
    levels: 'range',
    price: 2000,
    lifeYears: 5,
    model: { ...tuned, startS: 180, rampUpWps: 50 },
    source: `186 TH/s at 3441 W (MicroBT), used from 1440 W; ${PRICE}`,
  },
];

export const catalogue: readonly CatalogueLoad[] = [
  ...ENTRIES.map(({ id, name, source, ...entry }) => ({
    id,
    name,
    source,
    load: loadOf({ id, name, source, ...entry }),
  })),
  {
    id: 'gpu-job',
    name: 'GPU computing job',
    source: 'value per kWh: assumed; the owner knows what a job brings',
    load: {
      catalogueId: 'gpu-job',
      count: 1,
      priceEach: 2500,
      lifeYears: 4,
      failuresPerYear: 0.03,
      model: LoadModel.parse({
        id: 'gpu-job',
        name: 'GPU computing job',
        kind: 'compute',
        levels: { kind: 'steps', watts: [250, 350, 450] },
        startS: 20,
        startW: 60,
        standbyW: 15,
        valuePerKwh: 0.25,
      }),
    },
  },
];

function loadOf({ id, name, curve, levels, price, lifeYears, model }: Entry): PlanLoad {
  const first = curve[0] as Point;
  const last = curve.at(-1) as Point;
  return {
    catalogueId: id,
    count: 1,
    priceEach: price,
    lifeYears,
    failuresPerYear: 0.05,
    model: LoadModel.parse({
      id,
      name,
      kind: 'miner',
      levels:
        levels === 'range'
          ? { kind: 'range', minW: first[0], maxW: last[0], stepW: 10 }
          : { kind: 'steps', watts: curve.map(([watts]) => watts) },
      curve: curve.map(([drawW, hashrateThs]) => ({ drawW, hashrateThs })),
      ...model,
    }),
  };
}

/** @throws where there is none: a story names a load of this list */
export function catalogueLoad(id: string, count = 1): PlanLoad {
  const found = catalogue.find((entry) => entry.id === id);
  if (!found) throw new Error(`There is no load "${id}" in the catalogue.`);
  return { ...structuredClone(found.load), count };
}
