import type { Direction } from '#shared/device.ts';
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

const PAIRS: Record<Direction, readonly (readonly [PlantQuantity, PlantQuantity])[]> = {
  grid: [
    ['import', 'export'],
    ['importTotal', 'exportTotal'],
    ['importByPhase', 'exportByPhase'],
  ],
  battery: [['charge', 'discharge']],
};

/** What a device means whose meter or battery is the other way round. */
export function swapDirections(reading: PlantReading, swapped: readonly Direction[]): PlantReading {
  const out: Record<string, unknown> = { ...reading };
  for (const [a, b] of swapped.flatMap((direction) => PAIRS[direction])) {
    delete out[a];
    delete out[b];
    if (reading[b] !== undefined) out[a] = reading[b];
    if (reading[a] !== undefined) out[b] = reading[a];
  }
  return out;
}
