import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginProbe,
  endProbe,
  initialProbe,
  mayProbe,
  meterProbe,
  probeSpent,
  takenBackInTime,
} from '#engine/control/hidden-surplus.ts';
import type { SiteView } from '#engine/control/surplus.ts';
import { initialState, step } from '#engine/control/step.ts';
import { asic, input, MIDNIGHT_MS, settings, snapshot } from './site.ts';

const view = (importW: number, more: Partial<SiteView> = {}): SiteView => ({
  surplusW: 0,
  atMs: 0,
  importW,
  exportW: 0,
  chargeW: 0,
  dischargeW: 0,
  productionW: 1000,
  socPercent: undefined,
  drawW: 0,
  drawNowW: 0,
  estimatedDrawW: 0,
  missing: undefined,
  distrust: undefined,
  ageMs: 1000,
  ...more,
});
const given = settings({ exportLimitW: 0 });
const load = asic();

describe('probing', () => {
  it('spends no more than its budget in any hour, however the plant answers', () => {
    const shortages = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 40, maxLength: 40 });
    let spentAll = 0;
    fc.assert(
      fc.property(shortages, (importsW) => {
        const state = initialState();
        state.curtailedSinceMs = MIDNIGHT_MS;
        const { probe } = state;
        const spentWs: number[] = [];
        for (let s = 0; s < 4 * 3600; s++) {
          const tickMs = MIDNIGHT_MS + s * 1000;
          const running = probe.loadId !== '';
          const importW = running ? (importsW[Math.floor(s / 10) % importsW.length] ?? 0) : 0;
          meterProbe(probe, view(importW), tickMs, 1);
          spentWs.push(running ? importW : 0);
          const tick = input(tickMs, { settings: given, snapshot: { loads: {} } });
          if (running && probeSpent(probe, given)) endProbe(probe, 0, tickMs);
          else if (!running && mayProbe(state, load, 100, tick, view(0))) beginProbe(probe, load.id, 0, tickMs);
          if (!running) probe.nextMs = Math.min(probe.nextMs, tickMs);
          else expect(probe.usedWs).toBeLessThanOrEqual(given.probe.perProbeWh * 3600 + 1500);
        }
        let hourWs = 0;
        for (let s = 0; s < spentWs.length; s++) {
          hourWs += (spentWs[s] ?? 0) - (spentWs[s - 3600] ?? 0);
          // One more second may pass before the budget is seen to be spent.
          expect(hourWs).toBeLessThanOrEqual(given.probe.perHourWh * 3600 + 1500);
        }
        if (hourWs > 0.8 * given.probe.perHourWh * 3600) spentAll += 1;
      }),
      { numRuns: 6, seed: 4 },
    );
    expect(spentAll).toBeGreaterThan(3);
  });

  it('keeps what was spent when the clock is set back', () => {
    const probe = initialProbe();
    beginProbe(probe, load.id, 0, MIDNIGHT_MS);
    meterProbe(probe, view(3600), MIDNIGHT_MS, 10);
    meterProbe(probe, view(0), MIDNIGHT_MS - 7_200_000, 1);
    expect(probe.hourWs).toBe(36_000);
  });

  const may = (stepW: number, more: Partial<SiteView> = {}, generator = false): boolean => {
    const state = initialState();
    state.curtailedSinceMs = MIDNIGHT_MS;
    const tick = input(MIDNIGHT_MS + 60_000, {
      settings: given,
      snapshot: { loads: {}, ...(generator ? { generatorRunning: { value: true, atMs: MIDNIGHT_MS } } : {}) },
    });
    return mayProbe(state, asic({ rampUpWps: 5000 }), stepW, tick, view(0, more));
  };

  it('is not done on an old meter, beside a generator, or by a step whose mistake would cost too much', () => {
    expect(may(300)).toBe(true);
    expect(may(300, { ageMs: 11_000 })).toBe(false);
    expect(may(300, {}, true)).toBe(false);
    expect(may(6000)).toBe(false);
  });

  it('waits longer each time it finds nothing, and no longer once it found something', () => {
    const probe = initialProbe();
    const waits: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      beginProbe(probe, load.id, 1000, MIDNIGHT_MS);
      endProbe(probe, 1000, MIDNIGHT_MS);
      waits.push(probe.nextMs - MIDNIGHT_MS);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(4);
    beginProbe(probe, load.id, 1000, MIDNIGHT_MS);
    endProbe(probe, 1500, MIDNIGHT_MS);
    expect(probe.nextMs).toBe(MIDNIGHT_MS);
  });
});

describe('a step that sticks', () => {
  const modes = asic({
    id: 'modes',
    levels: { kind: 'steps', watts: [800, 1300, 1650] },
    rampUpWps: 1000,
    raiseGapS: 60,
    lowerGapS: 60,
  });
  const NOON_MS = MIDNIGHT_MS + 12 * 3_600_000;

  it('is one that its gap holds for more energy than a test may cost', () => {
    // 500 W for 60 s are 8.3 Wh, against 5 Wh; 200 W are 3.3 Wh.
    expect(takenBackInTime(modes, 500, given)).toBe(false);
    expect(takenBackInTime(modes, 200, given)).toBe(true);
    // 15 W/s for 10 s is all that a slow ramp can be wrong by.
    expect(takenBackInTime(asic(), 2000, given)).toBe(true);
  });

  /** Zero export, 800 W drawn and nothing to be seen beyond it; the plant was last seen whole at `boundW`, just now. */
  function nextSetpointW(boundW: number, lowerGapS: number): number | undefined {
    const load = { ...modes, lowerGapS };
    const at = (tickMs: number) =>
      input(tickMs, {
        settings: given,
        loads: [load],
        snapshot: {
          ...snapshot(tickMs - 1000, { import: 0, export: 0, production: 900 + (tickMs % 5000) / 1000 }, {}),
          loads: {
            modes: {
              draw: { value: 800, atMs: tickMs - 1000 },
              drawSource: 'measured',
              state: { value: 'mining', atMs: tickMs - 1000 },
            },
          },
        },
      });
    let state = initialState();
    let setpointW: number | undefined;
    for (let second = 0; second < 130; second += 1) {
      const out = step(state, at(NOON_MS + second * 1000));
      state = out.state;
      state.probe.boundW = boundW;
      state.probe.boundAtMs = NOON_MS + second * 1000;
      setpointW = out.decision.loads[0]?.setpointW;
      if (setpointW !== 800) return setpointW;
    }
    return setpointW;
  }

  it('is made on what was seen, not on hope; one that can be taken back is made on hope', () => {
    expect(nextSetpointW(1200, 60)).toBe(800);
    expect(nextSetpointW(2000, 60)).toBe(1650);
    expect(nextSetpointW(1500, 60)).toBe(1300);
    expect(nextSetpointW(1200, 10)).toBeGreaterThan(800);
  });
});
