import { instantOfWallClock } from '#shared/time.ts';

/** @returns the moment that "2026-06-01 12:00" is on the site's clock; undefined for what is no time */
export const siteInstant = (text: string, timeZone: string): number | undefined =>
  /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/.test(text.trim())
    ? instantOfWallClock(text.trim().replace(' ', 'T'), timeZone)
    : undefined;
