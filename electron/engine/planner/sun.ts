import { getPosition } from 'suncalc';
import { MINUTE_MS, YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';

/** W/m² at the mean distance (Kopp and Lean 2011). */
const SOLAR_CONSTANT = 1361;
export const RAD = Math.PI / 180;

/** The sun over one place for the plan's year: nothing in it depends on the weather. */
export interface SunYear {
  /** Sine of the height, 0 below the horizon. */
  height: Float32Array;
  /** Degrees from north, clockwise. */
  azimuth: Float32Array;
  /** On a level surface, W/m²: at the top of the atmosphere, and under a clear sky on the ground. */
  topWm2: Float32Array;
  clearWm2: Float32Array;
}

const years = new Map<string, SunYear>();
/** Positions are worked out every so many minutes and joined by straight lines: an error under 0.02°. */
const EVERY = 5;

export function sunYear(year: CalendarYear, latitude: number, longitude: number): SunYear {
  const key = `${year.startMs} ${latitude} ${longitude}`;
  const known = years.get(key);
  if (known) return known;
  const sun: SunYear = {
    height: new Float32Array(YEAR_MINUTES),
    azimuth: new Float32Array(YEAR_MINUTES),
    topWm2: new Float32Array(YEAR_MINUTES),
    clearWm2: new Float32Array(YEAR_MINUTES),
  };
  // The middle of each minute stands for it.
  const at = (i: number) => getPosition(new Date(year.startMs + (i + 0.5) * MINUTE_MS), latitude, longitude);
  let next = at(0);
  for (let i = 0; i < YEAR_MINUTES; i += EVERY) {
    const from = next;
    next = at(i + EVERY);
    const turn = ((next.azimuth - from.azimuth + 540) % 360) - 180;
    for (let k = 0; k < EVERY && i + k < YEAR_MINUTES; k += 1) {
      const share = k / EVERY;
      const altitude = from.altitude + (next.altitude - from.altitude) * share;
      if (altitude <= 0) continue;
      const day = (i + k) / 1440;
      const height = Math.sin(RAD * altitude);
      sun.height[i + k] = height;
      sun.azimuth[i + k] = (from.azimuth + turn * share + 360) % 360;
      // Distance of the sun: Duffie and Beckman, Solar Engineering of Thermal Processes, 1.4.1b in its short form.
      sun.topWm2[i + k] = SOLAR_CONSTANT * (1 + 0.033 * Math.cos((2 * Math.PI * (day + 1)) / 365)) * height;
      // Haurwitz 1945.
      sun.clearWm2[i + k] = 1098 * height * Math.exp(-0.057 / height);
    }
  }
  if (years.size >= 4) years.delete(years.keys().next().value as string);
  years.set(key, sun);
  return sun;
}

/** Clear sky's light over that at the top of the atmosphere, by month: what a month's clearness is measured against. */
export function clearClearness(year: CalendarYear, sun: SunYear): number[] {
  const top = new Float64Array(12);
  const clear = new Float64Array(12);
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const month = year.month[i] as number;
    top[month] = (top[month] as number) + (sun.topWm2[i] as number);
    clear[month] = (clear[month] as number) + (sun.clearWm2[i] as number);
  }
  return Array.from(top, (sum, month) => (sum > 0 ? (clear[month] as number) / sum : 0.7));
}
