import type { ControlSettings, WeeklyWindow } from '#shared/control.ts';

export interface LocalTime {
  /** Days since 1970-01-01 in local time. */
  day: number;
  /** 1 = Monday … 7 = Sunday. */
  weekday: number;
  /** Minutes since local midnight, with fraction. */
  minute: number;
}

const DAY_MS = 86_400_000;
/** Every zone in use changes its offset on a quarter-hour. */
const QUARTER_MS = 900_000;

interface Zone {
  format: Intl.DateTimeFormat;
  /** The stretch in which the offset is known to hold. */
  fromMs: number;
  toMs: number;
  offsetMs: number;
}
const zones = new Map<string, Zone>();

/** @returns local time of `ms`; the zone's offset is worked out once a day, and once a quarter-hour where it changes */
export function localTime(ms: number, timeZone: string): LocalTime {
  const localMs = ms + (timeZone === 'UTC' ? 0 : offsetMs(ms, timeZone));
  const day = Math.floor(localMs / DAY_MS);
  return { day, weekday: ((((day + 3) % 7) + 7) % 7) + 1, minute: (localMs - day * DAY_MS) / 60_000 };
}

function offsetMs(ms: number, timeZone: string): number {
  let zone = zones.get(timeZone);
  if (zone !== undefined && ms >= zone.fromMs && ms < zone.toMs) return zone.offsetMs;
  zone ??= { format: formatter(timeZone), fromMs: 0, toMs: 0, offsetMs: 0 };
  zones.set(timeZone, zone);
  const dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
  const offset = offsetAt(zone.format, dayMs);
  // No zone changes its offset twice within a day.
  const steady = offset === offsetAt(zone.format, dayMs + DAY_MS);
  zone.fromMs = steady ? dayMs : Math.floor(ms / QUARTER_MS) * QUARTER_MS;
  zone.toMs = zone.fromMs + (steady ? DAY_MS : QUARTER_MS);
  zone.offsetMs = steady ? offset : offsetAt(zone.format, zone.fromMs);
  return zone.offsetMs;
}

function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return daysFromCivil(year, month, day) * DAY_MS + (hour % 24) * 3_600_000 + minute * 60_000 - ms;
}

const formatter = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });

/** Days since 1970-01-01 of a Gregorian date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** @returns minutes until the window ends; undefined outside it */
export function minutesLeft(window: WeeklyWindow, local: LocalTime): number | undefined {
  const from = minuteOf(window.from);
  const to = minuteOf(window.to);
  const yesterday = local.weekday === 1 ? 7 : local.weekday - 1;
  if (from < to)
    return window.days.includes(local.weekday) && local.minute >= from && local.minute < to
      ? to - local.minute
      : undefined;
  if (local.minute >= from && window.days.includes(local.weekday)) return 1440 - local.minute + to;
  return local.minute < to && window.days.includes(yesterday) ? to - local.minute : undefined;
}

/** @returns when the present quiet hours end, epoch ms */
export function quietUntilMs(settings: ControlSettings, local: LocalTime, nowMs: number): number | undefined {
  let untilMs: number | undefined;
  for (const window of settings.quietHours) {
    const left = minutesLeft(window, local);
    if (left !== undefined) untilMs = Math.max(untilMs ?? 0, nowMs + left * 60_000);
  }
  return untilMs;
}

/** @returns W of bought energy the owner declares as spare now */
export function contractedW(settings: ControlSettings, local: LocalTime): number {
  let powerW = 0;
  for (const window of settings.allowances) if (minutesLeft(window, local) !== undefined) powerW += window.powerW;
  return powerW;
}
