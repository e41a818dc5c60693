const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Wait before the next try after `failures` in a row: 1, 2, 4 … 60 s, spread so that many devices do not knock at once. */
export function backOffMs(failures: number, random: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return wait * (0.75 + 0.5 * random);
}
