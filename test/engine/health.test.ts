import { describe, expect, it } from 'vitest';
import type { Decision, ReasonId, Snapshot, Wish } from '#shared/control.ts';
import { engineHealth } from '#engine/health.ts';
import { engineStatus } from '#engine/status.ts';

const wish: Wish = { mode: 'surplus', stopped: false, commissioned: true, engineStopping: false };
const decision = (setpointW: number, id: ReasonId, more: Partial<Decision> = {}): Decision => ({
  atMs: 0,
  surplusIsLowerBound: false,
  reserveW: 0,
  headroomW: 0,
  loads: [{ loadId: 's19', setpointW, reason: { id }, ladder: [] }],
  ...more,
});
const snapshot: Snapshot = {
  import: { value: 0, atMs: 8_000 },
  export: { value: 90, atMs: 9_000 },
  loads: { s19: { draw: { value: 1230, atMs: 9_000 }, state: { value: 'mining', atMs: 9_000 } } },
};
const base = { version: '0.1.0', nowMs: 10_000, startedMs: 0, today: undefined };

describe('health', () => {
  it('says null for what is unknown, never 0', () => {
    const health = engineHealth({ ...base, tickMs: undefined, snapshot: undefined, decision: undefined });
    expect(health).toEqual({
      status: 'starting',
      version: '0.1.0',
      engine: { uptimeS: 10, tickAgeMs: null },
      snapshotAgeMs: null,
      loads: [],
      ledger: { todayMinedWh: null, todayGridFedWh: null },
    });
  });

  it('gives the age of the oldest required reading and each load', () => {
    expect(
      engineHealth({ ...base, tickMs: 9_500, snapshot, decision: decision(1200, 'mining-surplus') }),
    ).toMatchObject({
      status: 'ok',
      engine: { tickAgeMs: 500 },
      snapshotAgeMs: 2_000,
      loads: [{ id: 's19', state: 'mining', setpointW: 1200, drawW: 1230, reason: 'mining-surplus' }],
    });
  });

  it('calls a loop that stands still stalled', () => {
    expect(engineHealth({ ...base, nowMs: 60_000, tickMs: 9_000, snapshot, decision: undefined }).status).toBe(
      'stalled',
    );
  });
});

describe('tray', () => {
  it.each<[string, Decision, Partial<Wish>, string, object]>([
    ['mining', decision(1200, 'mining-surplus', { surplusW: 2080 }), {}, 'mining', { drawW: 1230, surplusW: 2080 }],
    ['observing', decision(1200, 'observing', { surplusW: 2080 }), { mode: 'observe' }, 'idle', { surplusW: 2080 }],
    ['energy lost', decision(0, 'off', { surplusW: 400, curtailedW: 400 }), {}, 'curtailing', { surplusW: 400 }],
    ['stopped by the owner', decision(0, 'owner-stop', { surplusW: 0 }), { stopped: true }, 'off', { surplusW: 0 }],
    ['surplus unknown', decision(0, 'meter-stale'), {}, 'attention', {}],
  ])('%s', (_, made, change, trayState, powers) => {
    const { drawW, surplusW, ...status } = engineStatus(made, snapshot, { ...wish, ...change }, true);
    expect(status.trayState).toBe(trayState);
    expect(JSON.parse(JSON.stringify({ drawW, surplusW }))).toEqual(powers);
  });
});
