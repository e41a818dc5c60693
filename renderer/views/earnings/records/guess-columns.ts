import type { PastMapping } from '#shared/contract/books.ts';

// Words that inverters' portals put into their heads, in the languages of this app; the first that fits is taken.
const WORDS = {
  start: /^(start|time|date|datum|zeit|fecha|hora|timestamp|von|begin|inicio)|zeit|date|time|fecha|وقت|تاريخ/i,
  end: /^(end|to|bis|ende|fin|hasta)\b/i,
  discharge: /discharg|entlad|descarg|تفريغ/i,
  charge: /charg|lad(en|ung)|carga|شحن/i,
  export: /export|einspeis|feed.?in|inyec|تصدير/i,
  import: /import|bezug|netzbezug|consum.*red|purchas|استيراد/i,
  production: /produc|erzeug|ertrag|pv|solar|generat|إنتاج/i,
} as const;

/** A first guess at what each column means; every column serves once. */
export function guessColumns(names: readonly string[]): PastMapping {
  const free = new Set(names);
  const take = (word: RegExp): string | undefined => {
    const name = [...free].find((each) => word.test(each));
    if (name !== undefined) free.delete(name);
    return name;
  };
  const mapping: PastMapping = { start: take(WORDS.start) ?? '', unit: unitOf(names) };
  for (const key of ['end', 'discharge', 'charge', 'export', 'import', 'production'] as const) {
    const name = take(WORDS[key]);
    if (name !== undefined) mapping[key] = name;
  }
  return mapping;
}

function unitOf(names: readonly string[]): PastMapping['unit'] {
  const all = names.join(' ');
  if (/kwh/i.test(all)) return 'kWh';
  if (/wh/i.test(all)) return 'Wh';
  return /kw/i.test(all) ? 'kW' : /\bw\b/i.test(all) ? 'W' : 'kWh';
}
