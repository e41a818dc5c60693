/** Power at the wall in normal mode, W: vendor's nominal figures, because stock firmware measures none. First match counts. */
const NOMINAL_W: readonly (readonly [RegExp, number])[] = [
  [/S21\s*Pro/i, 3510],
  [/S21\s*(XP)/i, 3645],
  [/S21\s*\+/i, 3564],
  [/S21/i, 3500],
  [/T21/i, 3610],
  [/S19k\s*Pro/i, 2760],
  [/S19\s*XP/i, 3010],
  [/S19j\s*Pro\s*\+/i, 3355],
  [/S19j\s*Pro/i, 3068],
  [/S19j/i, 3100],
  [/S19/i, 3250],
  [/T19/i, 3150],
  [/S17/i, 2520],
  [/S9/i, 1372],
];

export const nominalW = (model: string | undefined): number | undefined =>
  model === undefined ? undefined : NOMINAL_W.find(([name]) => name.test(model))?.[1];
