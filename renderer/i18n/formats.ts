/** How this owner writes numbers and times. */
export interface FormatOptions {
  /** BCP 47 of language and region, such as `de-AT`. */
  locale: string;
  timeZone: string;
  currency: string;
  arabicDigits?: boolean;
  hour12?: boolean;
  bitcoinUnit?: 'sats' | 'btc';
  /** Amounts of money and bitcoin are covered. */
  hideAmounts?: boolean;
}

export const UNKNOWN = '–';
/** Unknown is a dash, never 0. */
export const orUnknown = <T>(value: T | undefined, format: (value: T) => string): string =>
  value === undefined ? UNKNOWN : format(value);
const HIDDEN = '•••';
/** No-break: a number never stands apart from its unit. */
const NBSP = '\u00a0';
/** Marks that Intl puts into Arabic output; the caller isolates instead. */
const BIDI_MARKS = /[\u061c\u200e\u200f]/g;
const SAT_PER_BTC = 1e8;

export interface Formats {
  power(watts: number): string;
  energy(mwh: number): string;
  /** Two decimals at any size: the proof figure. */
  energyExact(mwh: number): string;
  sats(msat: number): string;
  /** The unit of `sats` where it is a symbol; sats have a word in each language. */
  satsUnit: 'BTC' | undefined;
  money(micro: number): string;
  pricePerKwh(price: number): string;
  percent(value: number, decimals?: number): string;
  number(value: number, decimals?: number): string;
  quantity(value: number, unit: string, decimals?: number): string;
  hashrate(ths: number): string;
  /** m:ss, or h:mm:ss from an hour on. */
  countdown(ms: number): string;
  /** @param end midnight as the end of a day, "24:00" */
  time(atMs: number, end?: boolean): string;
  date(atMs: number, style?: 'long' | 'short' | 'month' | 'month-name' | 'year'): string;
}

/** Decimals by size: two, from 10 one, from 100 (or `noneFrom`) none; judged after rounding, so that 9.996 is "10.0". */
function decimalsFor(value: number, noneFrom: number): number {
  if (Number(value.toFixed(2)) < 10) return 2;
  return Number(value.toFixed(1)) < noneFrom ? 1 : 0;
}

export function createFormats(options: FormatOptions): Formats {
  const locale = `${options.locale}-u-nu-${options.arabicDigits ? 'arab' : 'latn'}`;
  const clean = (text: string) => text.replace(BIDI_MARKS, '');
  const numberFormats = new Map<number, Intl.NumberFormat>();
  const number = (value: number, decimals = 0) => {
    let format = numberFormats.get(decimals);
    if (!format) {
      // signDisplay 'negative': rounded to nothing has no sign.
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        useGrouping: 'always',
        signDisplay: 'negative',
      });
      numberFormats.set(decimals, format);
    }
    return clean(format.format(value));
  };
  const quantity = (value: number, unit: string, decimals = 0) => `${number(value, decimals)}${NBSP}${unit}`;
  // Each is made when it is first needed: all at once would hold up the first figure.
  const currency = (decimals?: number) => {
    let format: Intl.NumberFormat | undefined;
    return (value: number) => clean((format ??= currencyFormat(decimals)).format(value));
  };
  const currencyFormat = (decimals?: number) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: options.currency,
      currencyDisplay: 'narrowSymbol',
      signDisplay: 'negative',
      ...(decimals !== undefined && { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    });
  const whole = currency();
  const perKwh = currency(3);
  const dates = (format: Intl.DateTimeFormatOptions) => {
    let dateFormat: Intl.DateTimeFormat | undefined;
    return (atMs: number) =>
      clean((dateFormat ??= new Intl.DateTimeFormat(locale, { timeZone: options.timeZone, ...format })).format(atMs));
  };
  const time = dates({
    hour: '2-digit',
    minute: '2-digit',
    ...(options.hour12 === undefined ? { hourCycle: 'h23' } : { hour12: options.hour12 }),
  });
  const dateStyles = {
    long: dates({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }),
    short: dates({ day: 'numeric', month: 'short' }),
    month: dates({ month: 'long', year: 'numeric' }),
    'month-name': dates({ month: 'short' }),
    year: dates({ year: 'numeric' }),
  };

  function energy(mwh: number): string {
    const kwh = Math.max(0, mwh) / 1e6;
    if (mwh > 0 && kwh < 0.005) return `< ${quantity(0.01, 'kWh', 2)}`;
    if (Math.round(kwh) < 10_000) return quantity(kwh, 'kWh', decimalsFor(kwh, 1000));
    return quantity(kwh / 1000, 'MWh', decimalsFor(kwh / 1000, 1000));
  }

  return {
    power(watts) {
      const w = Math.max(0, watts);
      if (Math.round(w) < 1000) return quantity(w, 'W');
      if (Math.round(w / 1000) < 1000) return quantity(w / 1000, 'kW', decimalsFor(w / 1000, 100));
      return quantity(w / 1e6, 'MW', 2);
    },
    energy,
    energyExact: (mwh) => (mwh > 0 && mwh < 5000 ? energy(mwh) : quantity(Math.max(0, mwh) / 1e6, 'kWh', 2)),
    sats(msat) {
      if (options.hideAmounts) return HIDDEN;
      return options.bitcoinUnit === 'btc' ? number(msat / 1000 / SAT_PER_BTC, 8) : number(msat / 1000);
    },
    satsUnit: options.bitcoinUnit === 'btc' ? 'BTC' : undefined,
    money: (micro) => (options.hideAmounts ? HIDDEN : whole(micro / 1e6)),
    pricePerKwh: (price) => (options.hideAmounts ? HIDDEN : perKwh(price)),
    percent: (value, decimals = 0) => quantity(value, '%', decimals),
    number,
    quantity,
    hashrate: (ths) => quantity(ths, 'TH/s', ths < 10 ? 1 : 0),
    countdown(ms) {
      const seconds = Math.ceil(Math.max(0, ms) / 1000);
      const two = (value: number) => `${value < 10 ? number(0) : ''}${number(value)}`;
      const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      return h > 0 ? `${number(h)}:${two(m)}:${two(s)}` : `${number(m)}:${two(s)}`;
    },
    time: (atMs, end = false) => (end && !options.hour12 ? `${number(24)}:${number(0)}${number(0)}` : time(atMs)),
    date: (atMs, style = 'long') => dateStyles[style](atMs),
  };
}
