import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shed, type Excess } from '#engine/control/guard.ts';
import { initialState, step, type ControlState } from '#engine/control/step.ts';
import type { LoadModel, LoadSnapshot, Snapshot, StepInput } from '#shared/control.ts';
import { asic, input, MIDNIGHT_MS, settings, small, snapshot } from './site.ts';

const NOON_MS = MIDNIGHT_MS + 12 * 3_600_000;
const FAST = { startS: 0, startW: 0, rampUpWps: 5000, rampDownWps: 5000 };
const one = asic({ id: 'one', name: 'one', ...FAST, phase: 1, minRunS: 3600, minRestS: 600 });
const two = asic({ id: 'two', name: 'two', ...FAST, phase: 2, priority: 20 });

/** A minute of ticks with steady readings: the loads draw what they were told a second before. */
function run(loads: readonly LoadModel[], more: Partial<StepInput>, change: (seen: Snapshot, s: number) => Snapshot) {
  let state: ControlState = initialState();
  const draws = new Map<string, number>();
  const seen: ReturnType<typeof step>['decision'][] = [];
  for (let s = 0; s < 120; s++) {
    const tickMs = NOON_MS + s * 1000;
    const told: Record<string, LoadSnapshot> = {};
    let drawW = 0;
    for (const { id } of loads) {
      const w = draws.get(id) ?? 0;
      drawW += w;
      told[id] = {
        draw: { value: w, atMs: tickMs - 1000 },
        drawSource: 'measured',
        state: { value: w > 0 ? 'mining' : 'paused', atMs: tickMs - 1000 },
      };
    }
    const netW = 8000 + (s % 3) - drawW;
    const power = { production: 8500, import: Math.max(0, -netW), export: Math.max(0, netW) };
    const out = step(
      state,
      input(tickMs, { loads, ...more, snapshot: change(snapshot(tickMs - 1000, power, told), s) }),
    );
    state = out.state;
    for (const { loadId, setpointW } of out.commands) draws.set(loadId, setpointW);
    seen.push(out.decision);
  }
  return seen;
}
const setpoints = (decision: ReturnType<typeof run>[number] | undefined): number[] =>
  decision?.loads.map(({ setpointW }) => setpointW) ?? [];

describe('guards beat holds', () => {
  it('by phase: only the load on the phase whose fuse is passed gives way, and at once', () => {
    const day = run([one, two], { settings: settings({ phaseFuseA: 16 }) }, (seen, s) =>
      s < 100 ? seen : { ...seen, importByPhase: { value: [3680 + 500, 0, 0], atMs: NOON_MS + s * 1000 } },
    );
    const [oneBeforeW = 0, twoBeforeW = 0] = setpoints(day[99]);
    expect(oneBeforeW).toBeGreaterThan(2900);
    const [oneW = 0, twoW = 0] = setpoints(day[100]);
    expect(oneW).toBeLessThanOrEqual(oneBeforeW - 500);
    expect(twoW).toBe(twoBeforeW);
    expect(day[100]?.loads[0]?.reason).toMatchObject({ id: 'fuse', powerW: 500, subject: 'one' });
  });

  it('at the import limit the last served goes first, by as much as is needed', () => {
    const spare = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00', powerW: 20_000 }];
    const day = run([one, two], { settings: settings({ importLimitW: 4000, allowances: spare }) }, (seen, s) => {
      const atMs = NOON_MS + s * 1000;
      return s < 100 ? seen : { ...seen, import: { value: 4600, atMs }, export: { value: 0, atMs } };
    });
    const [oneBeforeW = 0, twoBeforeW = 0] = setpoints(day[99]);
    const [oneW = 0, twoW = 0] = setpoints(day[100]);
    expect(twoW).toBe(twoBeforeW - 600);
    expect(oneW).toBe(oneBeforeW);
    expect(day[100]?.loads[1]?.reason.id).toBe('import-guard');
  });

  it('a hot load stops alone, inside its minimum run; a hot room stops all', () => {
    const hot =
      (id: string) =>
      (seen: Snapshot, s: number): Snapshot => {
        const atMs = NOON_MS + s * 1000;
        if (s < 100) return seen;
        if (id === 'room') return { ...seen, roomTemperature: { value: 41, atMs } };
        return { ...seen, loads: { ...seen.loads, [id]: { ...seen.loads[id], temperature: { value: 81, atMs } } } };
      };
    const loads = [{ ...one, maxTemperatureC: 80 }, two];
    const alone = run(loads, {}, hot('one'))[100];
    expect(alone?.loads[0]).toMatchObject({
      setpointW: 0,
      reason: { id: 'too-hot', subject: 'one', temperatureC: 81 },
    });
    expect(alone?.loads[1]?.setpointW).toBeGreaterThan(900);
    const all = run(loads, { settings: settings({ maxRoomC: 40 }) }, hot('room'))[100];
    expect(all?.loads.map(({ reason }) => reason.subject)).toEqual(['room', 'room']);
    expect(setpoints(all)).toEqual([0, 0]);
  });
});

describe('shedding', () => {
  const loads = [asic({ phase: 1 }), asic({ phase: 2 }), asic({ phase: 'all' }), small('a', { phase: 3 })];
  const watts = fc.integer({ min: 0, max: 6000 });

  it('only lowers, and frees what is asked for unless the load is off then', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...loads),
        watts,
        watts,
        fc.tuple(watts, watts, watts),
        fc.integer({ min: 0, max: 3050 }),
        (load, setpointW, totalW, phaseW, drawW) => {
          const excess: Excess = { totalW, phaseW: [...phaseW] };
          const less = shed(load, setpointW, drawW, excess);
          if (less === undefined) return;
          expect(less.setpointW).toBeLessThanOrEqual(Math.min(setpointW, drawW));
          const freedW = Math.min(setpointW, drawW) - less.setpointW;
          expect(less.setpointW === 0 || freedW >= totalW).toBe(true);
          expect(excess.totalW).toBeCloseTo(Math.max(0, totalW - freedW), 6);
          for (let at = 0; at < 3; at += 1) expect(excess.phaseW[at]).toBeLessThanOrEqual(phaseW[at] ?? 0);
        },
      ),
      { seed: 3 },
    );
  });
});

describe('a load found running at start-up', () => {
  const running = (drawW: number, more: LoadSnapshot = {}): Snapshot =>
    snapshot(
      NOON_MS - 1000,
      { production: drawW + 330, import: 0, export: 30 },
      {
        one: {
          draw: { value: drawW, atMs: NOON_MS - 1000 },
          state: { value: 'mining', atMs: NOON_MS - 1000 },
          ...more,
        },
      },
    );
  const first = (seen: Snapshot, more: Partial<StepInput> = {}) =>
    step(initialState(), input(NOON_MS, { loads: [one], snapshot: seen, ...more }));

  it('is adopted at what it runs at, leased, and not counted as a start', () => {
    const { commands, state } = first(running(2000, { powerTarget: { value: 2005, atMs: NOON_MS - 1000 } }));
    expect(commands).toMatchObject([{ loadId: 'one', setpointW: 2005 }]);
    expect(commands[0]?.leaseUntilMs).toBeGreaterThan(NOON_MS);
    expect(state.loads['one']?.starts).toBe(0);
  });

  it('is made safe in the same tick where a guard says so', () => {
    const { export: _unknown, ...blind } = running(2000);
    expect(first(blind).commands).toMatchObject([{ loadId: 'one', setpointW: 0, reason: 'meter-stale' }]);
    const uncommissioned = { mode: 'surplus', stopped: false, commissioned: false, engineStopping: false } as const;
    expect(first(running(2000), { wish: uncommissioned }).commands).toMatchObject([{ loadId: 'one', setpointW: 0 }]);
  });

  it('idle, is told to be safe and to stay so', () => {
    const idle = snapshot(
      NOON_MS - 1000,
      { production: 500, import: 200, export: 0 },
      {
        one: { draw: { value: 0, atMs: NOON_MS - 1000 }, state: { value: 'paused', atMs: NOON_MS - 1000 } },
      },
    );
    expect(first(idle).commands).toMatchObject([{ loadId: 'one', setpointW: 0 }]);
  });
});
