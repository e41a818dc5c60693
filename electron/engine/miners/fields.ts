import { LoadReading } from '#shared/reading.ts';

export type Path = readonly (string | number)[];

/** The member at the end of the path, or undefined where any part is missing. */
export function at(value: unknown, ...path: Path): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

/** Miners write numbers as texts too, and leave them empty; only what is a number counts. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** Booleans come as true, "true", "Y", 1 or "1". */
export function flagAt(value: unknown, ...path: Path): boolean | undefined {
  const found = at(value, ...path);
  if (typeof found === 'boolean') return found;
  const word = typeof found === 'string' || typeof found === 'number' ? String(found).toLowerCase() : '';
  if (['true', 'y', 'yes', '1', 'on'].includes(word)) return true;
  return ['false', 'n', 'no', '0', 'off'].includes(word) ? false : undefined;
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The largest known value above 0: sensors that are not there report 0 or -1. */
export function hottest(temperatures: readonly (number | undefined)[]): number | undefined {
  const known = temperatures.filter((t) => t !== undefined && t > 0) as number[];
  return known.length > 0 ? Math.max(...known) : undefined;
}

export function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((v) => v !== undefined);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : undefined;
}

export const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

export type ReadingDraft = { [Q in keyof LoadReading]?: LoadReading[Q] | undefined };

/** Keeps what is known and possible; a quantity out of its range is absent rather than wrong. */
export function loadReading(draft: ReadingDraft): LoadReading {
  const kept = Object.entries(draft).filter(([name, value]) => {
    const schema = LoadReading.shape[name as keyof typeof LoadReading.shape];
    return value !== undefined && schema?.safeParse(value).success === true;
  });
  return Object.fromEntries(kept) as LoadReading;
}

/** Leaves undefined members out, so that optional members are absent. */
export function present<T extends object>(draft: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as T;
}
