import { describe, expect, it } from 'vitest';
import type { ReportRow } from '#shared/ledger.ts';
import { usualRest } from '../../renderer/views/now/usual.ts';
import { emptyRow } from '../support/fixture/report.ts';

const ZONE = 'Europe/Berlin';
const SLOT_MS = 300_000;
const HOUR_MS = 3_600_000;
const midnight = (date: string, offset = '+02:00') => Date.parse(`${date}T00:00:00${offset}`);

/** One slot that made so many watts. */
function slot(startMs: number, powerW: number | undefined, coverage = 1): ReportRow {
  const { flows, ...row } = emptyRow(startMs, startMs + SLOT_MS);
  const { production: _, ...others } = flows;
  const made = powerW === undefined ? others : { ...others, production: (powerW * 1000) / 12 };
  return { ...row, coverage, flows: made };
}

const noon = (dates: string[], powers: (number | undefined)[]) =>
  dates.map((date, i) => slot(midnight(date) + 12 * HOUR_MS, powers[i]));
const days = ['2026-06-11', '2026-06-12', '2026-06-13', '2026-06-14'];
const today = midnight('2026-06-18');
const rest = (rows: ReportRow[]) =>
  usualRest(rows, { fromMs: today + 12 * HOUR_MS, toMs: today + 12 * HOUR_MS + 2 * SLOT_MS, dayStartMs: today }, ZONE);

describe('the usual rest of a day', () => {
  it('is the mean of the same slot over the days before', () => {
    const [first, second] = rest(noon(days, [3000, 1000, 2000, 4000]));
    expect(first!.y).toBeCloseTo(2500, 6);
    expect(first!.x).toBe(today + 12 * HOUR_MS + SLOT_MS / 2);
    expect(second!.y).toBeNull();
  });

  it('is unknown where fewer than three days know it', () => {
    expect(rest(noon(days, [3000, 1000, undefined, undefined]))[0]!.y).toBeNull();
    expect(
      rest([...noon(days.slice(0, 2), [3000, 1000]), slot(midnight(days[2]!) + 12 * HOUR_MS, 9000, 0)])[0]!.y,
    ).toBeNull();
    expect(rest([])[0]!.y).toBeNull();
  });

  it('takes nothing for a reading that nobody made, and 0 W for one', () => {
    expect(rest(noon(days, [0, 0, 0, undefined]))[0]!.y).toBe(0);
  });

  it('keeps to the clock of the site over its change', () => {
    const winter = ['2026-03-26', '2026-03-27', '2026-03-28'].map((date) =>
      slot(midnight(date, '+01:00') + 12 * HOUR_MS, 1000),
    );
    const monday = midnight('2026-03-30');
    const span = { fromMs: monday + 12 * HOUR_MS, toMs: monday + 12 * HOUR_MS + SLOT_MS, dayStartMs: monday };
    expect(usualRest(winter, span, ZONE)[0]!.y).toBeCloseTo(1000, 6);
  });
});
