import { describe, expect, it } from 'vitest';
import { asic } from '../control/site.ts';
import { drive, gridFedWh, HOUR, starts, type Moment, type Story } from './drive.ts';

const NOON = 12 * HOUR;
const steady = (more: Partial<Story>): Moment[] =>
  drive({ fromS: NOON, toS: NOON + 1200, potentialW: () => 3500, ...more });
const at = (moments: readonly Moment[], s: number): Moment => {
  const found = moments.find(({ t }) => t === NOON + s);
  if (found === undefined) throw new Error(`no moment at ${s} s`);
  return found;
};

describe('when the meter', () => {
  it('dies, every load is safe within 30 s and its ramp', () => {
    const day = steady({
      potentialW: (t) => (t < NOON + 600 ? 3500 : 0),
      mangle: (seen, t) => {
        if (t < NOON + 600) return seen;
        const { import: _i, export: _e, ...rest } = seen;
        return t < NOON + 629
          ? {
              ...seen,
              import: { value: 0, atMs: (seen.import?.atMs ?? 0) - (t - NOON - 600) * 1000 },
              export: { value: 500, atMs: (seen.export?.atMs ?? 0) - (t - NOON - 600) * 1000 },
            }
          : rest;
      },
    });
    expect(at(day, 599).drawW).toBeGreaterThan(2000);
    expect(at(day, 632).reason.id).toBe('meter-stale');
    expect(at(day, 665).drawW).toBe(0);
  });

  it('freezes, the next own step shows it', () => {
    let frozen: { import: { value: number }; export: { value: number } } | undefined;
    const day = steady({
      potentialW: (t) => (t < NOON + 400 ? 2500 : 900),
      mangle: (seen, t) => {
        if (t < NOON + 60 || seen.import === undefined || seen.export === undefined) return seen;
        frozen ??= { import: { value: seen.import.value }, export: { value: seen.export.value } };
        return {
          ...seen,
          import: { ...seen.import, value: frozen.import.value },
          export: { ...seen.export, value: frozen.export.value },
        };
      },
    });
    expect(day.at(-1)?.reason).toMatchObject({ id: 'meter-stale', subject: 'grid meter' });
    expect(gridFedWh(day)).toBeLessThan(5);
  });

  it('froze and lives again without a change to show it, one start tells', () => {
    // A meter without noise on a steady day: with the load off it shows what it showed while it was frozen.
    const day = steady({
      toS: NOON + 1500,
      potentialW: () => 2500,
      mangle: (seen, t) => {
        const netW = (seen.export?.value ?? 0) - (seen.import?.value ?? 0);
        const shownW = t < NOON + 400 ? 2200 : Math.round(netW / 50) * 50;
        const atMs = seen.export?.atMs ?? 0;
        return { ...seen, import: { value: 0, atMs }, export: { value: shownW, atMs } };
      },
    });
    expect(at(day, 399).reason).toMatchObject({ id: 'meter-stale', subject: 'grid meter' });
    expect(at(day, 590).drawW).toBe(0);
    expect(day.at(-1)?.drawW).toBeGreaterThan(1500);
    expect(starts(day)).toBe(2);
    expect(gridFedWh(day)).toBeLessThan(1);
  });
});

describe('prices', () => {
  it('below zero let it mine, above the value of mining stop it', () => {
    const day = steady({
      market: (t) => ({ exportPerKwh: t < NOON + 600 ? -0.05 : 0.3 }),
    });
    expect(at(day, 590).setpointW).toBeGreaterThan(2000);
    expect(at(day, 700)).toMatchObject({ setpointW: 0, reason: { id: 'export-pays-more', costPerKwh: 0.3 } });
  });

  it('unknown: only what would be lost is mined', () => {
    const market = (): { fresh: boolean } => ({ fresh: false });
    expect(steady({ market }).at(-1)?.reason.id).toBe('no-market-data');
    expect(steady({ market, site: { exportLimitW: 0 } }).at(-1)?.setpointW).toBeGreaterThan(900);
    expect(steady({ market, settings: { withoutMarket: 'all-surplus' } }).at(-1)?.setpointW).toBeGreaterThan(2000);
  });
});

describe('a load', () => {
  it('that does not stop is told again, then flagged', () => {
    const day = steady({
      toS: NOON + 1500,
      potentialW: (t) => (t < NOON + 500 ? 3500 : 100),
      deaf: (_id, t) => t > NOON + 490,
    });
    expect(at(day, 480).drawW).toBeGreaterThan(2000);
    expect(day.at(-1)).toMatchObject({ setpointW: 0, reason: { id: 'not-obeying', subject: 'ASIC' } });
  });

  it('that shares its silicon waits for the compute job', () => {
    const gpu = asic({
      id: 'gpu',
      name: 'GPU',
      levels: { kind: 'steps', watts: [300] },
      startS: 5,
      startW: 50,
      rampUpWps: 300,
      sharesWith: 'job',
    });
    const job = asic({
      id: 'job',
      name: 'Job',
      kind: 'compute',
      priority: 1,
      levels: { kind: 'steps', watts: [300] },
      startS: 0,
      valuePerKwh: 1,
    });
    const waiting =
      (from: number) =>
      (seen: Story extends { mangle?: (s: infer S, t: number) => unknown } ? S : never, t: number) => ({
        ...seen,
        loads: {
          ...seen.loads,
          job: { ...seen.loads['job'], waiting: { value: t > NOON + from, atMs: seen.loads['job']?.draw?.atMs ?? 0 } },
        },
      });
    const day = steady({ loads: [gpu, job], mangle: waiting(600) });
    const of = (moment: Moment, id: string) => moment.decision.loads.find(({ loadId }) => loadId === id);
    expect(of(at(day, 590), 'gpu')?.setpointW).toBe(300);
    expect(of(at(day, 610), 'gpu')?.reason.id).toBe('compute-first');
    expect(of(at(day, 900), 'job')?.setpointW).toBe(300);
  });
});

describe('the engine', () => {
  it('asleep for a minute wakes with everything safe', () => {
    const day = steady({ asleep: (t) => t > NOON + 600 && t < NOON + 660 });
    expect(at(day, 599).setpointW).toBeGreaterThan(2000);
    expect(at(day, 660)).toMatchObject({ setpointW: 0, reason: { id: 'tick-gap' } });
    expect(at(day, 661).reason.id).not.toBe('tick-gap');
  });

  it.each([
    ['owner-stop', { stopped: true }],
    ['off', { mode: 'off' as const }],
    ['not-commissioned', { commissioned: false }],
    ['stopping', { engineStopping: true }],
    ['paused', { pauseUntilMs: Number.MAX_SAFE_INTEGER }],
  ])('obeys %s at once', (id, asked) => {
    const day = steady({ wish: (t) => (t > NOON + 400 ? asked : {}) });
    expect(at(day, 400).setpointW).toBeGreaterThan(2000);
    expect(at(day, 401)).toMatchObject({ setpointW: 0, reason: { id } });
  });

  it('only observes when asked to', () => {
    const day = steady({ wish: () => ({ mode: 'observe' }) });
    expect(day.at(-1)).toMatchObject({ setpointW: 0, drawW: 0, reason: { id: 'observing' } });
    expect(day.at(-1)?.reason.powerW).toBeGreaterThan(2500);
  });

  it('boosts into the grid as far as allowed', () => {
    const boost = { untilMs: Number.MAX_SAFE_INTEGER, importW: 1500 };
    const day = steady({ potentialW: () => 300, wish: () => ({ mode: 'boost', boost }) });
    expect(day.at(-1)?.reason.id).toBe('boost');
    expect(day.at(-1)?.drawW).toBeGreaterThan(1300);
    expect(day.at(-1)?.flows.importW).toBeLessThan(1500);
  });
});
