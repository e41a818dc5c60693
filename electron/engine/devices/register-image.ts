import type { RegisterField, RegisterProfile } from '../profiles/profile.ts';
import { numberAt, textAt, wordsIn } from './decode/registers.ts';
import type { Look } from './normalize/normalize.ts';

/** Words by table, unit and address, as a device's blocks filled them. */
export interface RegisterImage {
  words(table: 'holding' | 'input', unit: number, at: number, count: number): (number | undefined)[];
}

export function imageOf(
  parts: readonly { table: 'holding' | 'input'; unit: number; at: number; words: readonly number[] }[],
): RegisterImage {
  const cells = new Map<string, number>();
  for (const { table, unit, at, words } of parts)
    words.forEach((word, i) => cells.set(`${table}@${unit}:${at + i}`, word));
  return {
    words: (table, unit, at, count) => Array.from({ length: count }, (_, i) => cells.get(`${table}@${unit}:${at + i}`)),
  };
}

export type Setup = Readonly<Record<string, string | number | boolean>>;

/** The unit a block or field lies on; undefined where the owner has not named one. */
export function unitOf(unit: number | string | undefined, own: number, setup: Setup): number | undefined {
  if (unit === undefined) return own;
  if (typeof unit === 'number') return unit;
  const told = Number(setup[unit]);
  return Number.isInteger(told) && told >= 0 && told <= 255 ? told : undefined;
}

/** Looks fields of a register profile up in an image. */
export function registerLook(profile: RegisterProfile, image: RegisterImage, own: number, setup: Setup): Look {
  return (field) => {
    const { at, as, table, unit, words, length } = field as RegisterField;
    const on = unitOf(unit, own, setup);
    if (on === undefined) return undefined;
    if (as === 'text') return textAt(image.words(table ?? profile.table, on, at, length ?? 8), 0, length ?? 8);
    return numberAt(image.words(table ?? profile.table, on, at, wordsIn(as)), 0, as, words ?? profile.words);
  };
}
