import type { Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';

/** A signed power as two directions; unknown stays unknown in both. */
export const grid = (importW: number | undefined): Pick<PlantReading, 'import' | 'export'> =>
  importW === undefined ? {} : { import: Math.max(0, importW), export: Math.max(0, -importW) };

export const battery = (chargeW: number | undefined): Pick<PlantReading, 'charge' | 'discharge'> =>
  chargeW === undefined ? {} : { charge: Math.max(0, chargeW), discharge: Math.max(0, -chargeW) };

export interface MeterValues {
  /** W, + = the way the meter calls import or consumption. */
  power?: number | undefined;
  phases?: readonly (number | undefined)[] | undefined;
  importTotal?: number | undefined;
  exportTotal?: number | undefined;
  gridVoltage?: number | undefined;
  gridFrequency?: number | undefined;
}

/** What one power meter tells, by where the owner has mounted it. */
export function meterReading(values: MeterValues, roles: readonly Role[]): PlantReading {
  const { power, importTotal, exportTotal, gridVoltage, gridFrequency } = values;
  const common = given({ gridVoltage, gridFrequency });
  if (roles.includes('grid'))
    return { ...grid(power), ...phases(values.phases), ...given({ importTotal, exportTotal }), ...common };
  if (roles.includes('battery')) return { ...battery(power), ...common };
  if (power === undefined) return common;
  // Behind an inverter the sign only tells which way round the clamp sits.
  if (roles.includes('production'))
    return { production: Math.abs(power), ...given({ productionTotal: larger(importTotal, exportTotal) }), ...common };
  if (roles.includes('generator')) return { generatorRunning: Math.abs(power) > GENERATOR_IDLE_W, ...common };
  return { demand: Math.max(0, power), ...common };
}

/** Below it a generator's meter shows only its charger and heater. */
const GENERATOR_IDLE_W = 50;

function phases(
  values: readonly (number | undefined)[] | undefined,
): Pick<PlantReading, 'importByPhase' | 'exportByPhase'> {
  const [a, b, c] = values ?? [];
  if (a === undefined || b === undefined || c === undefined) return {};
  const up = (w: number) => Math.max(0, w);
  return { importByPhase: [up(a), up(b), up(c)], exportByPhase: [up(-a), up(-b), up(-c)] };
}

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/** The fields that are known: under exactOptionalPropertyTypes an absent one must not be there at all. */
export function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Sum of what is known; undefined where nothing is. */
export function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}
