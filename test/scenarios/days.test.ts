import { describe, expect, it } from 'vitest';
import { clear, drive, gridFedWh, HOUR, minedWh, starts, type Moment, type Story } from './drive.ts';

const battery = { capacityWh: 5000, maxW: 3000, efficiency: 0.95, floorPercent: 10, startPercent: 50 };
/** A deep cloud each five minutes; its edges fall faster than the ASIC can follow. */
const clouds = (t: number): number =>
  clear(5000)(t) * (0.65 + 0.35 * Math.max(-1, Math.min(1, 4 * Math.cos((2 * Math.PI * t) / 300) + 2)));
/** A kettle each five minutes for a minute. */
const kettles = (t: number): number => 300 + (t % 300 < 60 ? 2000 : 0);

interface Day {
  name: string;
  story: Partial<Story>;
  /** Mined at least, Wh; import share at most, %; starts at most. */
  leastWh: number;
  mostImport: number;
  mostStarts: number;
}

const DAYS: Day[] = [
  { name: 'a clear day', story: {}, leastWh: 20_000, mostImport: 0.3, mostStarts: 2 },
  { name: 'broken clouds', story: { potentialW: clouds }, leastWh: 3000, mostImport: 4, mostStarts: 12 },
  { name: 'a kettle storm', story: { demandW: kettles }, leastWh: 13_000, mostImport: 2, mostStarts: 12 },
  { name: 'an export cap', story: { site: { exportLimitW: 2000 } }, leastWh: 20_000, mostImport: 0.3, mostStarts: 2 },
  { name: 'zero export', story: { site: { exportLimitW: 0 } }, leastWh: 15_000, mostImport: 1, mostStarts: 12 },
  {
    name: 'a full battery',
    story: { site: { exportLimitW: 0, battery } },
    leastWh: 13_000,
    mostImport: 0.1,
    mostStarts: 12,
  },
  {
    name: 'an off-grid day',
    story: { site: { connection: 'off-grid', battery } },
    leastWh: 13_000,
    mostImport: 0,
    mostStarts: 12,
  },
  {
    name: 'gusts',
    story: { potentialW: (t) => 2500 + 2000 * Math.sin(t / 40), settings: { plant: 'wind' } },
    leastWh: 0,
    mostImport: 12,
    mostStarts: 12,
  },
];

describe('a day of', () => {
  it.each(DAYS)('$name', ({ story, leastWh, mostImport, mostStarts }) => {
    const day = drive({ fromS: 7 * HOUR, toS: 18 * HOUR, potentialW: clear(5000), ...story });
    expect(minedWh(day)).toBeGreaterThanOrEqual(leastWh);
    expect((100 * gridFedWh(day)) / Math.max(1, minedWh(day))).toBeLessThanOrEqual(mostImport);
    expect(starts(day)).toBeLessThanOrEqual(mostStarts);
    expect(day.every(held)).toBe(true);
    if (story.site?.battery !== undefined)
      expect(day.filter(({ flows, drawW }) => drawW > 150 && flows.socPercent <= 10)).toEqual([]);
    expect(day.reduce((sum, { flows }) => sum + flows.unservedDemandW, 0)).toBe(0);
  });
});

/** Every setpoint is covered by headroom or an allowance that says so; every load has a reason and a ladder. */
function held({ decision, setpointW }: Moment): boolean {
  const allowanceW = decision.loads.reduce((sum, load) => sum + (load.allowanceW ?? 0), 0);
  return setpointW <= decision.headroomW + allowanceW + 1e-6 && decision.loads.every((load) => load.ladder.length > 3);
}

describe('the clocks going back', () => {
  it('keeps quiet hours by local time, twice through the hour', () => {
    // 2026-10-25 01:00 UTC: Berlin goes from 03:00 back to 02:00.
    const startMs = Date.UTC(2026, 9, 25);
    const night = drive({
      startMs,
      fromS: 0,
      toS: 4 * HOUR,
      potentialW: () => 4000,
      settings: { timeZone: 'Europe/Berlin', plant: 'hydro', quietHours: [{ days: [7], from: '02:00', to: '03:00' }] },
    });
    const quiet = night.filter(({ reason }) => reason.id === 'quiet-hours').map(({ t }) => t);
    expect(quiet[0]).toBe(0);
    expect(quiet.at(-1)).toBe(2 * HOUR - 1);
    expect(quiet).toHaveLength(2 * HOUR);
    expect(night.at(-1)?.setpointW).toBeGreaterThan(3000);
  });
});
