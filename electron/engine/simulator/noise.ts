/** Weather and habits as pure functions of seed and time: any instant can be asked, and every run of a seed is the same. */

/** @returns a number in [0, 1) that depends on `seed` and `n` only (finaliser of MurmurHash3) */
export function chance(seed: number, n: number): number {
  let h = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(n | 0, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** @returns smooth noise in [0, 1] that changes over one unit of `x` */
export function smoothNoise(seed: number, x: number): number {
  const cell = Math.floor(x);
  const part = x - cell;
  const blend = part * part * (3 - 2 * part);
  return chance(seed, cell) * (1 - blend) + chance(seed, cell + 1) * blend;
}

/** @returns 0 below `from`, 1 above `to`, smooth between */
export function smoothStep(from: number, to: number, x: number): number {
  const part = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return part * part * (3 - 2 * part);
}

/** A stream of numbers in [0, 1) for things that happen one after another, such as shares. */
export function randomStream(seed: number): () => number {
  let n = 0;
  return () => chance(seed, n++);
}
