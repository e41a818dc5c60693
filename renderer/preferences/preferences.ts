import { offAtFirst, type NoticeWishes } from '#shared/notices.ts';

export const languages = ['en', 'de', 'es', 'ar'] as const;
export type Language = (typeof languages)[number];

/** What belongs to this screen and not to the site. */
export interface Preferences {
  language: Language;
  /** ISO 3166 for formats; absent: the system's. */
  region?: string | undefined;
  theme: 'system' | 'light' | 'dark';
  hours: '12' | '24';
  arabicDigits: boolean;
  bitcoinUnit: 'sats' | 'btc';
  hideAmounts: boolean;
  /** Single letters are commands. */
  letterKeys: boolean;
  notices: NoticeWishes;
}

const KEY = 'spillway.preferences';
const system = new Intl.Locale(navigator.language);
const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value);

const defaults: Preferences = {
  language: isLanguage(system.language) ? system.language : 'en',
  theme: 'system',
  hours: '24',
  arabicDigits: false,
  bitcoinUnit: 'sats',
  hideAmounts: false,
  letterKeys: true,
  notices: { off: [...offAtFirst] },
};

function load(): Preferences {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    const merged = { ...defaults, ...saved };
    return isLanguage(merged.language) ? merged : { ...merged, language: defaults.language };
  } catch {
    return defaults;
  }
}

let current = load();
const listeners = new Set<() => void>();

export const preferences = () => current;

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Language with the owner's region, for Intl. */
export function localeOf({ language, region }: Preferences): string {
  const where = region ?? (system.language === language ? system.region : undefined);
  return where ? `${language}-${where}` : language;
}
