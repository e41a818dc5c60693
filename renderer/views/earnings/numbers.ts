/** @returns the number typed with a dot or a comma; undefined for an empty or wrong field */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  const value = trimmed === '' ? Number.NaN : Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

/** What a field shows of a number that may be unknown. */
export const textOf = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Digits behind the dot of a currency: 2 for EUR, 0 for JPY. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
