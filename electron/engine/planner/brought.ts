import { parseCsv } from '#shared/csv.ts';
import type { Plan } from '#shared/plan.ts';
import { instantOfAny } from '#shared/time.ts';
import { localTime } from '#engine/control/calendar.ts';
import { calendarYear, MINUTE_MS, YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import type { Problem } from './check.ts';
import type { Brought } from './weather.ts';

/** One measured value from its time on. */
export interface Sample {
  atMs: number;
  value: number;
}

const WEEK_MIN = 7 * 1440;
const DAY_MIN = 1440;
/** A row stands for at most so long; after it there is a gap, which takes the value of the same time a week off. */
const LONGEST_MS = 2 * 3_600_000;

/** Everything a plan brings with it as text or from the ledger, as whole years. */
export function readBrought(
  plan: Plan,
  ledgerDemand: (fromMs: number, toMs: number) => Sample[],
): { outcome: 'ok'; brought: Brought } | { outcome: 'refused'; problems: Problem[] } {
  const problems: Problem[] = [];
  const year = calendarYear(plan.timeZone);
  const brought: Brought = {};
  const yearFrom = (field: string, samples: Sample[] | string): Float32Array | undefined => {
    const tiled = typeof samples === 'string' ? samples : tile(samples, year, plan.timeZone);
    if (typeof tiled !== 'string') return tiled;
    problems.push({ field, message: tiled });
    return undefined;
  };
  const { demand } = plan;
  if (demand.kind === 'csv') {
    const read = yearFrom('demand.csv', readRows(demand.csv, 'watts', plan.timeZone));
    if (read) brought.demandW = read;
  } else if (demand.kind === 'ledger') {
    const read = yearFrom('demand.fromMs', ledgerDemand(demand.fromMs, demand.toMs));
    if (read) brought.demandW = read;
  }
  for (const [index, source] of plan.sources.entries()) {
    if (source.kind !== 'wind' || source.csv === undefined) continue;
    const read = yearFrom(`sources.${index}.csv`, readRows(source.csv, 'mps', plan.timeZone));
    if (read) brought.windMps = { ...brought.windMps, [index]: read };
  }
  return problems.length > 0 ? { outcome: 'refused', problems } : { outcome: 'ok', brought };
}

/** @returns what is wrong with the file, or its rows in the order of their times */
export function readRows(text: string, column: string, timeZone: string): Sample[] | string {
  const { names, rows, decimalComma } = parseCsv(text);
  const time = names.indexOf('time');
  const value = names.indexOf(column);
  if (time < 0 || value < 0) return `The file needs the columns "time" and "${column}"; it has ${names.join(', ')}.`;
  const samples: Sample[] = [];
  for (const [i, row] of rows.entries()) {
    const atMs = instantOfAny(row[time], timeZone, samples.at(-1)?.atMs);
    const cell = row[value] ?? '';
    const number = cell === '' ? Number.NaN : Number(decimalComma ? cell.replace(',', '.') : cell);
    if (atMs === undefined) return `Row ${i + 1} has no usable time (${row[time] ?? 'empty'}).`;
    if (!Number.isFinite(number) || number < 0) return `Row ${i + 1}: "${cell}" is no ${column} of 0 or more.`;
    if (samples.length > 0 && atMs <= (samples.at(-1) as Sample).atMs)
      return `Row ${i + 1} is not after the one before it.`;
    samples.push({ atMs, value: number });
  }
  return samples.length < 2 ? 'The file needs at least two rows.' : samples;
}

/**
 * Lays a recorded stretch over the plan's year: whole weeks, or whole days where it is shorter, so that hours and
 * weekdays stay where they are, and a year's record stays in its season.
 */
function tile(samples: readonly Sample[], year: CalendarYear, timeZone: string): Float32Array | string {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return 'There is nothing recorded in that time.';
  const localMin = (atMs: number) => {
    const { day, minute } = localTime(atMs, timeZone);
    return day * DAY_MIN + Math.floor(minute);
  };
  const fromMin = localMin(first.atMs);
  const lengthMin = localMin(last.atMs) - fromMin + 1;
  const unit = lengthMin >= WEEK_MIN ? WEEK_MIN : DAY_MIN;
  const periodMin = Math.floor(lengthMin / unit) * unit;
  if (periodMin === 0) return 'The record must be a day or longer.';
  const recorded = new Float32Array(periodMin).fill(Number.NaN);
  for (const [i, { atMs, value }] of samples.entries()) {
    const endMs = Math.min(atMs + LONGEST_MS, samples[i + 1]?.atMs ?? atMs + MINUTE_MS);
    const at = localMin(atMs) - fromMin;
    for (let k = 0; k < Math.max(1, (endMs - atMs) / MINUTE_MS) && at + k < periodMin; k += 1) recorded[at + k] = value;
  }
  if (!fillGaps(recorded, unit)) return 'The record has a time of day of which nothing is known; bring a longer one.';
  const values = new Float32Array(YEAR_MINUTES);
  const startMin = localMin(year.startMs) - (year.minuteOfDay[0] as number);
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const nowMin = startMin + (year.day[i] as number) * DAY_MIN + (year.minuteOfDay[i] as number);
    values[i] = recorded[(((nowMin - fromMin) % periodMin) + periodMin) % periodMin] as number;
  }
  return values;
}

/** Unknown minutes take the mean of the same time on the other days. @returns false where no day knows it */
function fillGaps(recorded: Float32Array, unit: number): boolean {
  const step = unit === WEEK_MIN ? DAY_MIN : unit;
  for (let at = 0; at < step; at += 1) {
    let sum = 0;
    let known = 0;
    for (let i = at; i < recorded.length; i += step) {
      if (Number.isNaN(recorded[i])) continue;
      sum += recorded[i] as number;
      known += 1;
    }
    if (known === 0) return false;
    for (let i = at; i < recorded.length; i += step) if (Number.isNaN(recorded[i])) recorded[i] = sum / known;
  }
  return true;
}
