import { useMemo } from 'react';
import { localeOf, usePreferences } from '../preferences/preferences.ts';
import { useStream } from '../link/use-engine.ts';
import { createFormats, type Formats } from './formats.ts';

export function useFormats(): Formats {
  const preferences = usePreferences();
  const status = useStream('status');
  const timeZone = status?.timeZone ?? 'UTC';
  const currency = status?.currency ?? 'EUR';
  return useMemo(
    () =>
      createFormats({
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
