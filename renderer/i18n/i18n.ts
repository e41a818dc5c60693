import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { onPreferences, preferences, type Language } from '../preferences/preferences.ts';
import en from './en.json';

const bundles: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  de: () => import('./de.json'),
  es: () => import('./es.json'),
  ar: () => import('./ar.json'),
};

export const directionOf = (language: Language) => (language === 'ar' ? 'rtl' : 'ltr');

async function speak(language: Language) {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const bundle = await bundles[language]();
    i18next.addResourceBundle(language, 'translation', bundle.default);
  }
  // First, because what is drawn in the new language looks at them.
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  await i18next.changeLanguage(language);
}

/** Ready when the owner's language is loaded; follows the preference from then on. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
  });
  await speak(preferences().language);
  let shown = preferences().language;
  onPreferences(() => {
    const { language } = preferences();
    if (language === shown) return;
    shown = language;
    void speak(language);
  });
}
