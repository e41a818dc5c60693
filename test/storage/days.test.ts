import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, hourOf } from '#shared/time.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { manualClock, type ManualClock } from '#engine/system/manual-clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { site, tick } from '../support/ledger-ticks.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'days-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const home = site();

function open(clock: ManualClock, over: Record<string, unknown> = {}): Ledger {
  const opened = openLedger({ dir, site: site(over), clock, log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  return opened.ledger;
}

/** 3600 W made, 1200 W of them mined, a tick each 30 s; from one midnight to the next. */
async function runDay(ledger: Ledger, clock: ManualClock, toMs: number): Promise<void> {
  while (clock.now() <= toMs) {
    ledger.tick(tick(clock.now(), { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } }));
    await clock.advance(30_000);
  }
}

describe('days of the ledger', () => {
  it.each([
    // 29 March 2026, clocks go from 02:00 to 03:00: 23 h × 1.2 kW = 27.6 kWh, 276 slots.
    ['spring', '2026-03-29T12:00:00Z', 23, 27_600_000, 276],
    // 25 October 2026, 03:00 back to 02:00: 25 h × 1.2 kW = 30 kWh, 300 slots.
    ['autumn', '2026-10-25T12:00:00Z', 25, 30_000_000, 300],
  ])('has the hours of a day in %s', async (_, noon, hours, drawMwh, slots) => {
    const day = dayOf(Date.parse(noon), home.timeZone);
    expect(day.endMs - day.startMs).toBe(hours * 3_600_000);
    const clock = manualClock(day.startMs - 60_000);
    const ledger = open(clock);
    await runDay(ledger, clock, day.endMs + 60_000);
    const range = { fromMs: day.startMs, toMs: day.endMs };
    expect(ledger.report({ ...range, resolution: 'slot' }).rows).toHaveLength(slots);
    expect(ledger.report({ ...range, resolution: 'hour' }).rows).toHaveLength(hours);
    const days = ledger.report({ ...range, resolution: 'day' });
    expect(days.rows).toHaveLength(1);
    expect(days.rows[0]).toMatchObject({ ...day, coverage: 1, flows: { draw: drawMwh, residual: 0 } });
    expect(days.sum.flows).toEqual(days.rows[0]?.flows);
    ledger.close();
  });

  it('sums anew in another time zone, with nothing lost', async () => {
    const day = dayOf(Date.parse('2026-06-01T12:00:00Z'), home.timeZone);
    const clock = manualClock(day.startMs);
    const ledger = open(clock);
    await runDay(ledger, clock, day.endMs);
    const all = { fromMs: day.startMs - 86_400_000, toMs: day.endMs + 86_400_000, resolution: 'day' as const };
    const before = ledger.report(all);
    ledger.close();
    const moved = open(clock, { timeZone: 'Asia/Kathmandu' });
    const after = moved.report(all);
    expect(after.rows).toHaveLength(2);
    expect(after.sum.flows).toEqual(before.sum.flows);
    expect(after.sum.origin).toEqual(before.sum.origin);
    moved.close();
  });

  it('makes the sums of a long ledger anew beside the ticks, which go on, and loses none of theirs', async () => {
    const clock = manualClock(Date.parse('2026-06-01T00:00:00Z'));
    const ledger = open(clock);
    const rows = Array.from({ length: 20 * 24 }, (_, i) => {
      const startMs = clock.now() - (20 * 24 - i) * 3_600_000;
      return { startMs, endMs: startMs + 3_600_000, production: 1_000_000, import: 0, export: 0 };
    });
    await ledger.exchange.importPast(rows);
    const all = { fromMs: clock.now() - 30 * 86_400_000, toMs: clock.now() + 86_400_000 };
    ledger.setSite(site({ timeZone: 'Asia/Kathmandu', currency: 'CHF' }));
    // Until they are made the old sums serve: the same energy, days of before, and no money of another currency.
    const meanwhile = ledger.report({ ...all, resolution: 'day' });
    expect(meanwhile.sum.flows.production).toBe(480_000_000);
    expect(meanwhile.rows.every(({ earnings }) => earnings.earningsMicro === undefined)).toBe(true);
    for (let s = 0; s <= 900; s += 30) {
      ledger.tick(tick(clock.now(), { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } }));
      await clock.advance(30_000);
    }
    await ledger.idle();
    const slots = ledger.report({ ...all, resolution: 'slot' });
    const days = ledger.report({ ...all, resolution: 'day' });
    expect(days.sum).toEqual(slots.sum);
    expect(days.sum.flows.production).toBe(480_900_000);
    expect(days.rows[1]?.startMs).toBe(dayOf(days.rows[1]?.startMs ?? 0, 'Asia/Kathmandu').startMs);
    // And back, before the way there is at its end.
    ledger.setSite(site());
    ledger.setSite(site({ timeZone: 'America/New_York' }));
    ledger.setSite(site());
    await ledger.idle();
    expect(ledger.report({ ...all, resolution: 'month' }).sum).toEqual(
      ledger.report({ ...all, resolution: 'slot' }).sum,
    );
    ledger.close();
  });

  it('keeps the money of another currency apart', async () => {
    const clock = manualClock(Date.parse('2026-06-01T10:00:00Z'));
    const fromMs = clock.now();
    const ledger = open(clock);
    await runDay(ledger, clock, fromMs + 600_000);
    ledger.close();
    const moved = open(clock, { currency: 'CHF' });
    for (const resolution of ['slot', 'day'] as const) {
      const { sum } = moved.report({ fromMs, toMs: fromMs + 600_000, resolution });
      expect(sum.flows.draw).toBe(200_000);
      expect(sum.earnings.minedMicro).toBeUndefined();
    }
    moved.close();
    const back = open(clock);
    expect(back.report({ fromMs, toMs: fromMs + 600_000, resolution: 'day' }).sum.earnings.forgoneExportMicro).toBe(
      16_000,
    );
    back.close();
  });

  it('cuts months, days and hours where the range does', async () => {
    const clock = manualClock(Date.parse('2026-05-31T20:00:00Z'));
    const fromMs = clock.now();
    const ledger = open(clock);
    await runDay(ledger, clock, fromMs + 8 * 3_600_000);
    const range = { fromMs: fromMs + 2_100_000, toMs: fromMs + 20_700_000 };
    const slots = ledger.report({ ...range, resolution: 'slot' });
    for (const resolution of ['hour', 'day', 'month'] as const) {
      const report = ledger.report({ ...range, resolution });
      expect(report.sum).toEqual(slots.sum);
      expect(report.byLoad).toEqual(slots.byLoad);
      expect(report.rows[0]?.startMs).toBe(range.fromMs);
      expect(report.rows.at(-1)?.endMs).toBe(range.toMs);
    }
    ledger.close();
  });
});

it('counts hours from midnight where the clock moves by half an hour', () => {
  // Lord Howe Island, 5 April 2026: 24.5 h; the last hour is half.
  const day = dayOf(Date.parse('2026-04-05T02:00:00Z'), 'Australia/Lord_Howe');
  expect(day.endMs - day.startMs).toBe(24.5 * 3_600_000);
  const last = hourOf(day.endMs - 1, 'Australia/Lord_Howe');
  expect(last.endMs - last.startMs).toBe(1_800_000);
});
