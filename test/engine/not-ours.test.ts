import { expect, it } from 'vitest';
import type { Decision } from '#shared/control.ts';
import { LoadDevice } from '#shared/device.ts';
import { liveOf } from '#engine/live.ts';
import { openLoads } from '#engine/loads.ts';
import { engineStatus } from '#engine/status.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { fakeLoad } from '../support/fake-load.ts';
import { NOON_MS } from '../support/miners.ts';

const running = { state: 'mining', draw: 1500, drawSource: 'measured', hashrate: 50, uptime: 900 } as const;
const device = (id: string) =>
  LoadDevice.parse({ id, name: id, family: id, connection: { transport: 'tcp', host: '127.0.0.1', port: 1 } });

it('shows a load that cannot be commanded with its reason, and never counts it as ours', async () => {
  const clock = manualClock(NOON_MS);
  const drivers = {
    ours: fakeLoad({ reading: running }).open,
    locked: fakeLoad({ reading: running, refusing: 'locked denies write access; allow this computer' }).open,
  };
  const loads = openLoads([device('ours'), device('locked')], {
    clock,
    log: silentLog,
    secret: () => undefined,
    random: () => 0.5,
    timeZone: 'UTC',
    onEvent: () => undefined,
    drivers,
  });
  await clock.advance(3000);

  expect(loads.views().map(({ model, health }) => [health.id, model?.id, health.fault?.kind])).toEqual([
    ['ours', 'ours', undefined],
    ['locked', undefined, 'refused'],
  ]);
  expect(loads.models().map(({ id }) => id)).toEqual(['ours']);
  expect(Object.keys(loads.ours())).toEqual(['ours']);

  const snapshot = { loads: loads.snapshot() };
  expect(snapshot.loads['locked']?.draw?.value).toBe(1500);
  const decision: Decision = {
    atMs: clock.now(),
    surplusIsLowerBound: false,
    reserveW: 0,
    headroomW: 0,
    loads: [{ loadId: 'ours', setpointW: 1500, reason: { id: 'mining-surplus' }, ladder: [] }],
  };
  const wish = { mode: 'surplus', stopped: false, commissioned: true, engineStopping: false } as const;
  const tick = { atMs: clock.now(), snapshot, decision, wish } as unknown as Parameters<typeof liveOf>[0];
  expect(liveOf(tick, [])).toMatchObject({ drawW: 1500, hashrateThs: 50 });
  expect(engineStatus(decision, snapshot, wish, true).drawW).toBe(1500);
  await loads.close();
});
