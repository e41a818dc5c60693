// Takes private words out of whatever is sent to somebody who helps. Pure.

export const BLANK = '•••';

/** A word that must not be seen, and what stands for it; the same word always gets the same one. */
export interface Private {
  word: string;
  instead: string;
  /** Also inside of a longer word: passwords. */
  anywhere?: boolean;
}

/** What nobody wrote down for us to know, but that tells who or where the owner is. */
const PATTERNS: readonly RegExp[] = [
  // A login inside an address.
  /(?<=:\/\/)[^\s/@"]+(?=@)/g,
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g,
  // MAC before IPv6, which it would look like.
  /\b[\da-f]{2}([:-][\da-f]{2}){5}\b/gi,
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g,
  // A time of day has neither a letter nor two colons side by side.
  /(?<![\w:])(?=[\d:]*(?:[a-f]|::))(?:[\da-f]{0,4}:){2,7}[\da-f]{1,4}(?![\w:])/gi,
  /\b(?:[\w-]+\.)+(?:local|lan|home|internal|localdomain|arpa|box)\b/gi,
  /\b(?:bc1|tb1)[a-z\d]{20,}\b|\b[13][a-km-zA-HJ-NP-Z1-9]{25,39}\b/g,
  /(?<=[/\\](?:home|Users)[/\\])[^/\\\s"']+/g,
  /(?<=\b(?:token|password|passwd|pwd|secret|authorization|cookie|api[-_]?key)["']?\s*[:=]\s*["']?(?:Bearer |Basic )?)[^\s"',;}]+/gi,
];

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** As it stands in JSON, and in an address. */
const spellings = (word: string) => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)];

export interface Scrub {
  text(text: string): string;
  /** Ids stand as keys, too; the names of fields stay. */
  key(key: string): string;
}

export function scrubber(words: readonly Private[]): Scrub {
  const known = words
    .flatMap(({ word, ...rest }) =>
      [...new Set(spellings(word.toWellFormed()))].map((each) => ({ ...rest, word: each })),
    )
    .filter(({ word }) => word.trim() !== '')
    // A longer one may hold a shorter one.
    .toSorted((a, b) => b.word.length - a.word.length);
  const insteadOf = new Map(known.toReversed().map(({ word, instead }) => [word, instead]));
  const alternatives = known.map(({ word, anywhere }) =>
    anywhere ? escaped(word) : String.raw`(?<![\w-])${escaped(word)}(?![\w-])`,
  );
  const pattern = alternatives.length > 0 ? new RegExp(alternatives.join('|'), 'g') : undefined;
  const ids = new Map(words.flatMap(({ word, instead }) => (instead === BLANK ? [] : [[word, instead]])));
  return {
    text(text) {
      const named = pattern ? text.replaceAll(pattern, (found) => insteadOf.get(found) ?? BLANK) : text;
      return PATTERNS.reduce((rest, each) => rest.replaceAll(each, BLANK), named);
    },
    key: (key) => ids.get(key) ?? key,
  };
}

/** The same value with each text in it scrubbed. */
export function scrubbed(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub.text(value);
  if (Array.isArray(value)) return value.map((each) => scrubbed(each, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [scrub.key(key), scrubbed(inner, scrub)]));
}
