import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeBudgetWs } from '#engine/control/spells.ts';
import { initialState, step, type ControlState } from '#engine/control/step.ts';
import type { ControlSettings, LoadModel, Snapshot, StepInput } from '#shared/control.ts';
import { advanceLoad, createLoadPlant, writeSetpoint } from '../bench/control/load-plant.ts';
import { asic, input, MIDNIGHT_MS, settings, small, snapshot, wish } from './site.ts';

const NOON_MS = MIDNIGHT_MS + 12 * 3_600_000;
const LOADS: readonly LoadModel[] = [
  asic(),
  small('a'),
  small('b'),
  asic({
    id: 'modes',
    name: 'modes',
    priority: 15,
    levels: { kind: 'steps', watts: [800, 1300] },
    startS: 20,
    rampUpWps: 1000,
  }),
];
const battery = { capacityWh: 10_000, maxChargeW: 5000, maxDischargeW: 5000 };
const SITES: readonly ControlSettings[] = [
  settings(),
  settings({ exportLimitW: 0 }),
  settings({ battery }),
  settings({ battery, exportLimitW: 0 }),
];

/** A sky that jumps and drifts: [surplus before loads W, for how many s]. */
const sky = fc.array(fc.tuple(fc.integer({ min: -3000, max: 6000 }), fc.integer({ min: 1, max: 90 })), {
  minLength: 3,
  maxLength: 12,
});
const scene = fc.record({
  sky,
  site: fc.constantFrom(...SITES),
  count: fc.integer({ min: 1, max: LOADS.length }),
  soc: fc.integer({ min: 5, max: 100 }),
});
type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;

/** Plays the scene: what the plant cannot export is held back, a battery answers at once. Calls back before and after each tick. */
function play(
  { sky: blocks, site, count, soc }: Scene,
  seen: (state: ControlState, given: StepInput, out: ReturnType<typeof step>) => void,
): void {
  const loads = LOADS.slice(0, count);
  const devices = loads.map(createLoadPlant);
  let state = initialState();
  let t = 0;
  for (const [surplusW, seconds] of blocks)
    for (let i = 0; i < seconds; i++, t++) {
      const tickMs = NOON_MS + t * 1000;
      const given = input(tickMs, {
        loads,
        settings: site,
        snapshot: look(tickMs - 1000, surplusW, site, soc, devices),
      });
      const before = structuredClone(state);
      const out = step(state, given);
      seen(before, given, out);
      state = out.state;
      for (const command of out.commands) {
        const device = devices.find(({ model }) => model.id === command.loadId);
        if (device !== undefined) writeSetpoint(device, command.setpointW, t);
      }
      devices.forEach(advanceLoad);
    }
}

function look(
  atMs: number,
  surplusW: number,
  site: ControlSettings,
  soc: number,
  devices: readonly ReturnType<typeof createLoadPlant>[],
): Snapshot {
  const drawW = devices.reduce((sum, device) => sum + device.drawW, 0);
  const netW = surplusW - drawW;
  const chargeW = site.battery === undefined || soc >= 100 ? 0 : Math.max(0, Math.min(5000, netW));
  const dischargeW = site.battery === undefined || soc <= 10 ? 0 : Math.max(0, Math.min(5000, -netW));
  const exportW = Math.min(site.exportLimitW ?? Infinity, Math.max(0, netW - chargeW));
  const heldW = Math.max(0, netW - chargeW - exportW);
  const loads = Object.fromEntries(
    devices.map(({ model, drawW: w, phase }) => [
      model.id,
      {
        draw: { value: w, atMs },
        drawSource: 'measured' as const,
        state: { value: phase === 'on' ? ('mining' as const) : phase === 'off' ? ('paused' as const) : phase, atMs },
      },
    ]),
  );
  const power = {
    production: Math.max(0, surplusW - heldW) + 500,
    import: Math.max(0, -netW - dischargeW),
    export: exportW,
  };
  return snapshot(
    atMs,
    site.battery === undefined ? power : { ...power, charge: chargeW, discharge: dischargeW, soc },
    loads,
  );
}

const sum = (out: ReturnType<typeof step>): number =>
  out.decision.loads.reduce((total, { setpointW }) => total + setpointW, 0);
const less = (given: StepInput, byW: number): StepInput => {
  const seen = given.snapshot;
  const exportW = seen.export?.value ?? 0;
  const atMs = seen.export?.atMs ?? 0;
  const cut = Math.min(exportW, byW);
  return {
    ...given,
    snapshot: {
      ...seen,
      export: { value: exportW - cut, atMs },
      import: { value: (seen.import?.value ?? 0) + byW - cut, atMs },
      production: { value: Math.max(0, (seen.production?.value ?? 0) - byW), atMs },
    },
  };
};
const RUNS = { numRuns: 30, seed: 21 };

describe('step, whatever the sky does', () => {
  it('never asks for more than headroom and open allowances', () => {
    let running = 0;
    fc.assert(
      fc.property(scene, (story) =>
        play(story, (_state, _given, out) => {
          if (sum(out) > 0) running += 1;
          const allowanceW = out.decision.loads.reduce((total, load) => total + (load.allowanceW ?? 0), 0);
          expect(sum(out)).toBeLessThanOrEqual(out.decision.headroomW + allowanceW + 1e-6);
        }),
      ),
      RUNS,
    );
    expect(running).toBeGreaterThan(500);
  });

  it('gives the same for the same, and can be stored as JSON', () => {
    fc.assert(
      fc.property(scene, (story) =>
        play(story, (state, given, out) => {
          if (given.tickMs % 7000 === 0)
            expect(step(JSON.parse(JSON.stringify(state)) as ControlState, given)).toEqual(out);
        }),
      ),
      RUNS,
    );
  });

  it('never raises a lone load for less surplus', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 20, max: 3000 }), (story, byW) =>
        play({ ...story, count: 1 }, (state, given, out) => {
          if (given.tickMs % 5000 === 0) expect(sum(step(state, less(given, byW)))).toBeLessThanOrEqual(sum(out));
        }),
      ),
      RUNS,
    );
  });

  it('never raises several loads together for less surplus, nor one of them unless another gives way for it', () => {
    let compared = 0;
    fc.assert(
      fc.property(scene, fc.integer({ min: 20, max: 3000 }), (story, byW) =>
        play({ ...story, count: LOADS.length }, (state, given, out) => {
          if (given.tickMs % 5000 !== 0) return;
          const fewer = step(state, less(given, byW));
          expect(sum(fewer)).toBeLessThanOrEqual(sum(out));
          let gaveWay = false;
          for (const [at, { setpointW }] of fewer.decision.loads.entries()) {
            const usualW = out.decision.loads[at]?.setpointW ?? 0;
            if (!gaveWay) expect(setpointW).toBeLessThanOrEqual(usualW);
            gaveWay ||= setpointW < usualW;
          }
          if (sum(out) > 0) compared += 1;
        }),
      ),
      RUNS,
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('makes every load safe when a required reading is unknown, and when a guard acts, in any state', () => {
    const cases = fc.constantFrom<(given: StepInput) => StepInput>(
      (given) => ({ ...given, snapshot: without(given.snapshot, 'import') }),
      (given) => ({ ...given, snapshot: without(given.snapshot, 'export') }),
      (given) =>
        given.settings.battery === undefined
          ? { ...given, snapshot: without(given.snapshot, 'export') }
          : { ...given, snapshot: without(given.snapshot, 'soc') },
      (given) => ({ ...given, tickMs: given.tickMs + 31_000, periodMs: 20_000 }),
      (given) => ({ ...given, tickMs: given.tickMs + 10_000 }),
      (given) => ({ ...given, wish: wish({ stopped: true }) }),
      (given) => ({ ...given, wish: wish({ mode: 'off' }) }),
      (given) => ({ ...given, wish: wish({ commissioned: false }) }),
      (given) => ({ ...given, snapshot: { ...given.snapshot, generatorRunning: { value: true, atMs: given.tickMs } } }),
      (given) => ({
        ...given,
        settings: { ...given.settings, quietHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] },
      }),
    );
    fc.assert(
      fc.property(scene, cases, (story, spoil) =>
        play(story, (state, given) => {
          if (given.tickMs % 3000 === 0) expect(sum(step(state, spoil(given)))).toBe(0);
        }),
      ),
      RUNS,
    );
  });

  it('keeps probes and holds inside their energy, and the battery above its floor', () => {
    fc.assert(
      fc.property(scene, (story) =>
        play(story, (_state, given, out) => {
          const { perProbeWh } = given.settings.probe;
          // One more second may pass before the budget is seen to be spent.
          const secondWs = (given.snapshot.import?.value ?? 0) + (given.snapshot.discharge?.value ?? 0);
          if (out.state.probe.loadId !== '')
            expect(out.state.probe.usedWs - secondWs).toBeLessThanOrEqual(perProbeWh * 3600);
          if (given.settings.battery !== undefined && story.soc <= given.settings.battery.floorPercent)
            expect(sum(out)).toBe(0);
        }),
      ),
      RUNS,
    );
  });
});

describe('holding on through a dip', () => {
  it('draws no more from grid and battery than the hold may, and says when it would end', () => {
    let held = 0;
    fc.assert(
      fc.property(scene, (story) => {
        let importedWs = 0;
        let budgetWs = 0;
        play({ ...story, count: 1 }, (_state, given, out) => {
          const [load] = out.decision.loads;
          const [model] = given.loads;
          if (load?.reason.id !== 'holding-minimum-on' || model === undefined) {
            importedWs = 0;
            budgetWs = 0;
            return;
          }
          held += 1;
          const { draw } = given.snapshot.loads[model.id] ?? {};
          const boughtW = (given.snapshot.import?.value ?? 0) + (given.snapshot.discharge?.value ?? 0);
          importedWs += Math.min(draw?.value ?? 0, boughtW);
          budgetWs = Math.max(budgetWs, bridgeBudgetWs(out.state.loads[model.id]!.spells, model));
          // The meter tells of a second when it is over.
          expect(importedWs).toBeLessThanOrEqual(budgetWs + (draw?.value ?? 0));
          expect(load.stopAtMs).toBeGreaterThanOrEqual(given.tickMs);
          expect(load.setpointW).toBeLessThanOrEqual((load.allowanceW ?? 0) + out.decision.headroomW + 1e-6);
        });
      }),
      { numRuns: 40, seed: 22 },
    );
    expect(held).toBeGreaterThan(60);
  });
});

const without = (seen: Snapshot, key: keyof Snapshot): Snapshot => ({ ...seen, [key]: undefined });
