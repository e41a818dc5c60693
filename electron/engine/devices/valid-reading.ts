import { PlantReading, type PlantQuantity } from '#shared/reading.ts';

const QUANTITIES = Object.keys(PlantReading.shape) as PlantQuantity[];

/** Keeps what is within range; what is not is unknown, and named so that the device's page can tell. */
export function validReading(found: PlantReading): { reading: PlantReading; dropped: PlantQuantity[] } {
  const dropped: PlantQuantity[] = [];
  const kept: [string, unknown][] = [];
  for (const quantity of QUANTITIES) {
    const value: unknown = found[quantity];
    if (value === undefined || value === null) continue;
    const parsed = PlantReading.shape[quantity].safeParse(value);
    if (parsed.success) kept.push([quantity, parsed.data]);
    else dropped.push(quantity);
  }
  return { reading: Object.fromEntries(kept), dropped };
}

const PAIRS: readonly (readonly [PlantQuantity, PlantQuantity])[] = [
  ['import', 'export'],
  ['importTotal', 'exportTotal'],
  ['importByPhase', 'exportByPhase'],
  ['charge', 'discharge'],
];

/** What a device mounted the other way round means: import and export, charge and discharge change places. */
export function swapDirections(reading: PlantReading): PlantReading {
  const out: Record<string, unknown> = { ...reading };
  for (const [a, b] of PAIRS) {
    delete out[a];
    delete out[b];
    if (reading[b] !== undefined) out[a] = reading[b];
    if (reading[a] !== undefined) out[b] = reading[a];
  }
  return out;
}
