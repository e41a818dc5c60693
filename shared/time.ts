import { Temporal } from 'temporal-polyfill';
import { MS_PER_HOUR } from './units.ts';

/** Half-open stretch of time, epoch ms. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** True for an IANA zone this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const lastDay = new Map<string, Span>();

/** The local calendar day that holds `atMs`: 23, 24 or 25 hours. */
export function dayOf(atMs: number, timeZone: string): Span {
  const known = lastDay.get(timeZone);
  if (known && atMs >= known.startMs && atMs < known.endMs) return known;
  const start = zoned(atMs, timeZone).startOfDay();
  const day = {
    startMs: start.epochMilliseconds,
    endMs: start.toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
  lastDay.set(timeZone, day);
  return day;
}

/** Hours are counted from local midnight, so none is lost or doubled where the clocks change. */
export function hourOf(atMs: number, timeZone: string): Span {
  const day = dayOf(atMs, timeZone);
  const startMs = day.startMs + Math.floor((atMs - day.startMs) / MS_PER_HOUR) * MS_PER_HOUR;
  return { startMs, endMs: Math.min(startMs + MS_PER_HOUR, day.endMs) };
}

export function monthOf(atMs: number, timeZone: string): Span {
  const first = zoned(atMs, timeZone).toPlainDate().with({ day: 1 });
  return {
    startMs: first.toZonedDateTime(timeZone).epochMilliseconds,
    endMs: first.add({ months: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}

/** Wall clock at `atMs`: `day` 1 = Monday … 7 = Sunday, `minute` since 00:00 as the clock shows it. */
export function wallClock(atMs: number, timeZone: string): { day: number; minute: number } {
  const at = zoned(atMs, timeZone);
  return { day: at.dayOfWeek, minute: at.hour * 60 + at.minute };
}

/**
 * The moment a clock on the wall showed `text` (2026-10-25 02:30). Where the hour is doubled it is the first one, unless
 * that is not after `afterMs`. @returns undefined for what is no time
 */
export function instantOfWallClock(text: string, timeZone: string, afterMs?: number): number | undefined {
  try {
    const local = Temporal.PlainDateTime.from(text.trim().replace(' ', 'T'));
    const first = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds;
    if (afterMs === undefined || first > afterMs) return first;
    return local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** Epoch seconds or ms, ISO 8601 with offset, or a bare local time, where the doubled hour is told by its order. */
export function instantOfAny(value: unknown, timeZone: string, afterMs?: number): number | undefined {
  if (typeof value === 'number' || /^\d{10,13}$/.test(String(value))) {
    const number = Number(value);
    return number < 1e11 ? number * 1000 : number;
  }
  if (typeof value !== 'string') return undefined;
  if (/(Z|[+-]\d\d:?\d\d)$/.test(value)) {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  return instantOfWallClock(value, timeZone, afterMs);
}

/** ISO 8601 with the zone's offset, e.g. 2026-06-01T10:05:00+02:00. */
export function isoWithOffset(atMs: number, timeZone: string): string {
  return zoned(atMs, timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** @param window days and HH:MM of a weekly window; `to` at or before `from` runs past midnight */
export function inWeeklyWindow(
  window: { days: readonly number[]; from: string; to: string },
  { day, minute }: { day: number; minute: number },
): boolean {
  const from = minuteOf(window.from);
  const to = minuteOf(window.to);
  if (from < to) return window.days.includes(day) && minute >= from && minute < to;
  const yesterday = day === 1 ? 7 : day - 1;
  return (window.days.includes(day) && minute >= from) || (window.days.includes(yesterday) && minute < to);
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const zoned = (atMs: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
