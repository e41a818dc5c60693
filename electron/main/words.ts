import ar from './words/ar.json' with { type: 'json' };
import de from './words/de.json' with { type: 'json' };
import en from './words/en.json' with { type: 'json' };
import es from './words/es.json' with { type: 'json' };
import type { Language } from '#shared/contract/shell.ts';

type Key = keyof typeof en;
/** A text of the shell in the owner's language; `{{name}}` is filled in. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

const all: Record<Language, Record<Key, string>> = { en, de, es, ar };

export function sayIn(language: Language): Say {
  const words = all[language];
  return (key, values = {}) => words[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The text under a key that is only known while running; absent: there is none. */
export function sayMaybe(say: Say, key: string, values?: Record<string, string | number>): string | undefined {
  return Object.hasOwn(en, key) ? say(key as Key, values) : undefined;
}
