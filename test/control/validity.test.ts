import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distrust, initialTrust, judgeMeter, type MeterSample, type TrustState } from '#engine/control/validity.ts';

const MINUTE = 60;
/** Reads the meter once a second. @returns the state after it, and when it was first doubted, s */
function read(
  seconds: number,
  sampleAt: (t: number, trust: TrustState) => Omit<MeterSample, 'atMs' | 'derivedDemandW'> & { demandW?: number },
  trust = initialTrust(),
  fromS = 0,
): { trust: TrustState; doubted: number[] } {
  const doubted: number[] = [];
  for (let t = fromS; t < fromS + seconds; t++) {
    const { demandW, ...sample } = sampleAt(t, trust);
    judgeMeter(trust, { ...sample, atMs: t * 1000, derivedDemandW: demandW });
    if (distrust(trust) !== undefined) doubted.push(t);
  }
  return { trust, doubted };
}

describe('a meter that repeats itself', () => {
  it('is believed while nothing of ours moves', () => {
    expect(read(2 * MINUTE, () => ({ netW: 700, drawW: 0, productionW: 1000 })).doubted).toEqual([]);
  });

  it('is frozen when it ignores our own step, and alive again with the next change', () => {
    const { trust, doubted } = read(2 * MINUTE, (t) => ({ netW: 700, drawW: t < 60 ? 0 : 150, productionW: 1000 }));
    expect(doubted[0]).toBeLessThanOrEqual(65);
    expect(distrust(trust)).toBe('frozen');
    read(1, () => ({ netW: 701, drawW: 0, productionW: 1000 }), trust, 2 * MINUTE);
    expect(distrust(trust)).toBeUndefined();
  });

  it('is not frozen where the held-back plant answers our step by itself', () => {
    const held = (t: number) => (t < 60 ? 0 : 900);
    expect(read(300, (t) => ({ netW: 0, drawW: held(t), productionW: 400 + held(t) })).doubted).toEqual([]);
  });

  it('gets another chance after ten minutes, then later and later, and is found out within seconds each time', () => {
    let offAtS = -1;
    const chances: number[] = [];
    const day = read(6 * 3600, (t, trust) => {
      // The load starts as soon as the meter is believed, and stops when it is not.
      const believed = distrust(trust) === undefined;
      if (believed && offAtS >= 0) chances.push(t);
      offAtS = believed ? -1 : t;
      return { netW: 700, drawW: believed && t > 30 ? 150 : 0, productionW: 1000 };
    });
    expect(chances.length).toBeGreaterThanOrEqual(3);
    expect(chances.length).toBeLessThanOrEqual(6);
    const gaps = chances.map((t, at) => t - (chances[at - 1] ?? 0)).slice(1);
    for (let at = 1; at < gaps.length; at++)
      expect(gaps[at]).toBeGreaterThan(Math.min(7200, 1.5 * (gaps[at - 1] ?? 0)));
    // Believed for a few seconds each time: 150 W for so long is far below a watt-hour.
    expect(6 * 3600 - day.doubted.length).toBeLessThan(40 + 10 * (chances.length + 1));
  });

  it('and lives after all, is found so', () => {
    const { trust } = read(2 * MINUTE, (t) => ({ netW: 700, drawW: t < 60 ? 0 : 150, productionW: 1000 }));
    const alive = read(
      30 * MINUTE,
      (t, now) => {
        const drawW = distrust(now) === undefined && t > 20 * MINUTE ? 150 : 0;
        return { netW: 700 - drawW, drawW, productionW: 1000 };
      },
      trust,
      2 * MINUTE,
    );
    expect(distrust(alive.trust)).toBeUndefined();
  });
});

describe('a meter with the wrong sign', () => {
  /** A load of 600 W that switches each minute. */
  const switching = (t: number): number => (Math.floor(t / 60) % 2 === 0 ? 0 : 600);

  it('is found during operation', () => {
    const { trust, doubted } = read(5 * MINUTE, (t) => ({
      netW: -(500 - switching(t)) + (t % 3),
      drawW: switching(t),
      productionW: 900,
    }));
    expect(doubted[0]).toBeLessThanOrEqual(121);
    expect(distrust(trust)).toBe('sign');
  });

  it('is never found in one with the right sign, whatever the plant does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 20, maxLength: 20 }), (powers) => {
        const productionAt = (t: number): number => powers[Math.floor(t / 30) % powers.length] ?? 0;
        const { doubted } = read(10 * MINUTE, (t) => ({
          netW: productionAt(t) - 300 - switching(t) + (t % 3),
          drawW: switching(t),
          productionW: productionAt(t),
        }));
        expect(doubted).toEqual([]);
      }),
      { numRuns: 50, seed: 5 },
    );
  });
});

describe('a balance that does not close', () => {
  it('is doubted after 20 s and believed as soon as it closes', () => {
    const demand = (t: number): number => (t >= 30 && t < 60 ? -400 : 250);
    const { doubted } = read(90, (t) => ({ netW: 500 + (t % 2), drawW: 0, productionW: 1000, demandW: demand(t) }));
    expect(doubted).toEqual(Array.from({ length: 10 }, (_, at) => 50 + at));
  });

  it('overlooks what meters that disagree a little would show', () => {
    const { doubted } = read(90, (t) => ({ netW: t % 2, drawW: 0, productionW: 4000, demandW: -150 }));
    expect(doubted).toEqual([]);
  });
});
