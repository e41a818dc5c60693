import { useMemo } from 'react';
import { localeOf, usePreferences } from '../preferences/preferences.ts';
import { useStream } from '../link/use-engine.ts';
import { createFormats, type FormatOptions, type Formats } from './formats.ts';

let last: { key: string; formats: Formats } | undefined;

/** One set for all components: making Intl's formats anew in each took 60 ms of the first picture. */
function sharedFormats(options: FormatOptions): Formats {
  const key = JSON.stringify(options);
  if (last?.key !== key) last = { key, formats: createFormats(options) };
  return last.formats;
}

export function useFormats(): Formats {
  const preferences = usePreferences();
  const status = useStream('status');
  const timeZone = status?.timeZone ?? 'UTC';
  const currency = status?.currency ?? 'EUR';
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
