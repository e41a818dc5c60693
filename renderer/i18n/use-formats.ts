import { useMemo } from 'react';
import { localeOf } from '../preferences/preferences.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useStream } from '../link/use-engine.ts';
import { createFormats, type FormatOptions, type Formats } from './formats.ts';

const made = new Map<string, Formats>();
/** Languages and currencies that are in use at once are few. */
const MOST = 8;

/** One set for all components: making Intl's formats anew in each took 60 ms of the first picture. */
function sharedFormats(options: FormatOptions): Formats {
  const key = JSON.stringify(options);
  const known = made.get(key);
  if (known) return known;
  if (made.size >= MOST) made.clear();
  const formats = createFormats(options);
  made.set(key, formats);
  return formats;
}

/** @param other a currency that is not the site's */
export function useFormats(other?: string): Formats {
  const preferences = usePreferences();
  const status = useStream('status');
  const timeZone = status?.timeZone ?? 'UTC';
  const currency = other ?? status?.currency ?? 'EUR';
  return useMemo(
    () =>
      sharedFormats({
        locale: localeOf(preferences),
        timeZone,
        currency,
        arabicDigits: preferences.arabicDigits,
        bitcoinUnit: preferences.bitcoinUnit,
        hideAmounts: preferences.hideAmounts,
        ...(preferences.hours === '12' && { hour12: true }),
      }),
    [preferences, timeZone, currency],
  );
}
