/** What a load went through on one day of the site's own time zone. */
export interface Wear {
  day: string;
  starts: number;
  writes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function localDay(atMs: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(atMs);
}

/** Today's counts: those given, or zero after midnight. */
export function wearOn(wear: Wear | undefined, atMs: number, timeZone: string): Wear {
  const day = localDay(atMs, timeZone);
  return wear?.day === day ? wear : { day, starts: 0, writes: 0 };
}

export function afterWrite(wear: Wear, started: boolean): Wear {
  return { ...wear, writes: wear.writes + 1, starts: wear.starts + (started ? 1 : 0) };
}
