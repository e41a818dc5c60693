const FSI = '\u2068';
const PDI = '\u2069';

/** A value inside a sentence keeps its own direction: else "84 %" and "22 TH/s" flip in a right-to-left one. */
export const isolate = (value: string): string =>
  document.documentElement.dir === 'rtl' ? `${FSI}${value}${PDI}` : value;
