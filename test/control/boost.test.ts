import { describe, expect, it } from 'vitest';
import type { Wish } from '#shared/control.ts';
import { drive, HOUR, type Story } from '../scenarios/drive.ts';
import { DAY_START_MS } from '../bench/control/policies/spillway.ts';
import { asic, small } from './site.ts';

const NOON = 12 * HOUR;
const atMs = (t: number) => DAY_START_MS + t * 1000;

/** Twenty minutes around noon with a boost from the second minute on, under a dull sky. */
const boosted = (boost: NonNullable<Wish['boost']>, more: Partial<Story> = {}) =>
  drive({
    fromS: NOON,
    toS: NOON + 1200,
    potentialW: () => 300,
    wish: (t) => (t < NOON + 120 ? {} : { mode: 'boost', boost }),
    ...more,
  });
const never = Number.MAX_SAFE_INTEGER;
const battery = { capacityWh: 10_000, maxW: 5000, efficiency: 0.95, floorPercent: 10, startPercent: 60 };

describe('a boost', () => {
  it('starts within seconds, and buys no more than allowed', () => {
    const day = boosted({ untilMs: never, importW: 1500 });
    const first = day.find(({ setpointW }) => setpointW > 0);
    expect(first?.t).toBeGreaterThanOrEqual(NOON + 120);
    expect(first?.t).toBeLessThan(NOON + 130);
    expect(day.at(-1)?.reason).toMatchObject({ id: 'boost', powerW: 1500 });
    expect(Math.max(...day.map(({ flows }) => flows.importW))).toBeLessThan(1500);
  });

  it('ends at its time, and the load with it', () => {
    const endS = NOON + 600;
    const day = boosted({ untilMs: atMs(endS), importW: 1500 });
    expect(day.find(({ t }) => t === endS - 1)?.decision.boost).toMatchObject({ active: true });
    expect(day.find(({ t }) => t === endS)?.decision.boost).toMatchObject({ active: false, ended: 'time' });
    expect(day.find(({ t }) => t === endS + 10)?.setpointW).toBe(0);
  });

  it('ends when its energy is used up, counting its own draw alone', () => {
    const day = boosted({ untilMs: never, importW: 2200, energyWh: 100 }, { demandW: () => 900 });
    const end = day.find(({ decision }) => decision.boost?.ended === 'energy');
    const usedWh = day
      .filter(({ t }) => end !== undefined && t <= end.t)
      .reduce((sum, { drawW, flows }) => sum + Math.min(drawW, flows.importW) / 3600, 0);
    expect(end).toBeDefined();
    expect(usedWh).toBeGreaterThan(90);
    expect(usedWh).toBeLessThan(112);
  });

  it('leaves the other loads on the surplus', () => {
    const loads = [asic({ priority: 1 }), small('bitaxe')];
    const day = boosted({ untilMs: never, importW: 1500, loadId: 'asic' }, { loads, potentialW: () => 200 });
    const last = day.at(-1)!.decision.loads;
    expect(last.find(({ loadId }) => loadId === 'asic')?.reason.id).toBe('boost');
    expect(last.find(({ loadId }) => loadId === 'bitaxe')?.setpointW).toBe(0);
  });

  it('takes from the battery only down to where it may', () => {
    const untilMs = never;
    const day = boosted({ untilMs, importW: 0, batteryToPercent: 58 }, { site: { battery }, toS: NOON + 2400 });
    expect(day.some(({ flows }) => flows.dischargeW > 2000)).toBe(true);
    const end = day.find(({ decision }) => decision.boost?.ended === 'battery');
    expect(end).toBeDefined();
    expect(day.at(-1)?.setpointW).toBe(0);
  });

  it('does not drain a battery that was not allowed to help', () => {
    const day = boosted({ untilMs: never, importW: 2500 }, { site: { battery } });
    const end = day.find(({ decision }) => decision.boost?.ended === 'battery');
    expect(end?.t).toBeLessThan(NOON + 300);
    expect(day.at(-1)?.setpointW).toBe(0);
  });

  it('gives way to the guards: the import limit of the house stays', () => {
    const day = boosted({ untilMs: never, importW: 2500 }, { settings: { importLimitW: 1800 } });
    expect(Math.max(...day.slice(-300).map(({ flows }) => flows.importW))).toBeLessThan(1900);
  });

  it('is still told of while the load comes down after it was called off', () => {
    const offS = NOON + 600;
    const boost = { untilMs: never, importW: 1500 };
    const wish = (t: number): Partial<Wish> => (t < offS ? { mode: 'boost', boost } : {});
    const day = boosted(boost, { wish });
    const at = (t: number) => day.find((moment) => moment.t === t)?.decision.boost;
    expect(at(offS + 5)).toMatchObject({ active: false });
    expect(at(offS + 120)).toBeUndefined();
  });
});
