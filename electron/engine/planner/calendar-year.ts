import { localTime } from '#engine/control/calendar.ts';
import { instantOfWallClock } from '#shared/time.ts';

/** Every plan runs on this year: 365 days, and its weekdays and clock changes are known. */
const PLAN_YEAR = 2027;
export const MINUTE_MS = 60_000;
export const YEAR_MINUTES = 365 * 1440;

/** The plan's year as its zone's clocks show it, one entry a minute. */
export interface CalendarYear {
  startMs: number;
  endMs: number;
  /** Minutes since local midnight. */
  minuteOfDay: Uint16Array;
  /** 1 = Monday … 7 = Sunday. */
  weekday: Uint8Array;
  /** 0 = January; the first and last minutes of a zone's year stay in the year's own months. */
  month: Uint8Array;
  /** Days since the first. */
  day: Uint16Array;
  /** First instants of the months, and the end. */
  monthStartsMs: number[];
}

const years = new Map<string, CalendarYear>();

export function calendarYear(timeZone: string): CalendarYear {
  const known = years.get(timeZone);
  if (known) return known;
  const monthStartsMs = Array.from({ length: 13 }, (_, month) => {
    const text = month < 12 ? `${PLAN_YEAR}-${String(month + 1).padStart(2, '0')}-01` : `${PLAN_YEAR + 1}-01-01`;
    return instantOfWallClock(`${text} 00:00`, timeZone) ?? Date.UTC(PLAN_YEAR, month, 1);
  });
  const startMs = monthStartsMs[0] as number;
  const year: CalendarYear = {
    startMs,
    endMs: startMs + YEAR_MINUTES * MINUTE_MS,
    minuteOfDay: new Uint16Array(YEAR_MINUTES),
    weekday: new Uint8Array(YEAR_MINUTES),
    month: new Uint8Array(YEAR_MINUTES),
    day: new Uint16Array(YEAR_MINUTES),
    monthStartsMs,
  };
  const first = localTime(startMs, timeZone).day;
  let month = 0;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const atMs = startMs + i * MINUTE_MS;
    if (month < 11 && atMs >= (monthStartsMs[month + 1] as number)) month += 1;
    const local = localTime(atMs, timeZone);
    year.minuteOfDay[i] = Math.floor(local.minute);
    year.weekday[i] = local.weekday;
    year.month[i] = month;
    year.day[i] = local.day - first;
  }
  years.set(timeZone, year);
  return year;
}
