import { Temporal } from 'temporal-polyfill';
import type { Resolution } from '#shared/ledger.ts';
import type { Period } from '#shared/views.ts';

export interface Span {
  period: Period;
  /** ISO date of the first day. */
  at: string;
  fromMs: number;
  toMs: number;
  resolution: Resolution;
}

const resolutions: Record<Period, Resolution> = {
  day: 'slot',
  week: 'hour',
  month: 'day',
  year: 'month',
  all: 'month',
};
/** No ledger is older than Bitcoin. */
const BEGINNING = '2009-01-01';

const startOf = (date: Temporal.PlainDate, timeZone: string) => date.toZonedDateTime(timeZone).epochMilliseconds;

const firstDay: Record<Period, (date: Temporal.PlainDate) => Temporal.PlainDate> = {
  day: (date) => date,
  week: (date) => date.subtract({ days: date.dayOfWeek - 1 }),
  month: (date) => date.with({ day: 1 }),
  year: (date) => date.with({ month: 1, day: 1 }),
  all: () => Temporal.PlainDate.from(BEGINNING),
};

const length = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  year: { years: 1 },
} satisfies Record<Exclude<Period, 'all'>, Temporal.DurationLike>;

const dateOf = (atMs: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate();

function parseDate(text: string | null): Temporal.PlainDate | undefined {
  try {
    return text ? Temporal.PlainDate.from(text) : undefined;
  } catch {
    return undefined;
  }
}

/** The period that holds a date; today's without one. Days follow the site's zone, so some have 23 or 25 hours. */
export function spanOf(period: Period, at: string | null, nowMs: number, timeZone: string): Span {
  const today = dateOf(nowMs, timeZone);
  const first = firstDay[period](parseDate(at) ?? today);
  const end = period === 'all' ? today.add({ days: 1 }) : first.add(length[period]);
  return {
    period,
    at: first.toString(),
    fromMs: startOf(first, timeZone),
    toMs: startOf(end, timeZone),
    resolution: resolutions[period],
  };
}

/** The same period earlier or later, or the same of last year. */
export function shifted(span: Span, step: -1 | 1 | 'last-year', timeZone: string): Span {
  if (span.period === 'all') return span;
  const first = Temporal.PlainDate.from(span.at);
  const moved =
    step === 'last-year'
      ? first.subtract({ years: 1 })
      : step === 1
        ? first.add(length[span.period])
        : first.subtract(length[span.period]);
  return spanOf(span.period, moved.toString(), 0, timeZone);
}
