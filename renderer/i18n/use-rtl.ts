import { usePreferences } from '../preferences/use-preferences.ts';
import { directionOf } from './i18n.ts';

/** The language of the page runs from right to left. */
export const useRtl = (): boolean => directionOf(usePreferences().language) === 'rtl';
