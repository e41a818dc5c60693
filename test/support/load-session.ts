import { LoadDevice } from '#shared/device.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { LoadMemory } from '#engine/miners/learned.ts';
import { openLoadSession } from '#engine/miners/session.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock, type ManualClock } from '#engine/system/manual-clock.ts';
import type { FakeLoad } from './fake-load.ts';
import { NOON_MS } from './miners.ts';

export interface SessionStart {
  device?: object;
  plug?: FakeLoad;
  memory?: LoadMemory;
  clock?: ManualClock;
}

/** A session over a fake load, and who renews its orders. */
export function startSession(
  load: FakeLoad,
  { device = {}, plug, memory, clock = manualClock(NOON_MS) }: SessionStart = {},
) {
  const events: EngineEvent[] = [];
  const session = openLoadSession(
    LoadDevice.parse({
      id: 'asic',
      name: 'Asic',
      family: 'fake',
      connection: { transport: 'tcp', host: '127.0.0.1', port: 1 },
      ...(plug ? { plug: { family: 'plug', connection: { transport: 'http', host: '127.0.0.1' } } } : {}),
      ...device,
    }),
    {
      clock,
      log: silentLog,
      secret: () => undefined,
      random: () => 0.5,
      timeZone: 'Europe/Berlin',
      ...(memory ? { memory } : {}),
      onEvent: (event) => events.push(event),
      drivers: { fake: (d, p) => load.open(d, p), ...(plug ? { plug: (d, p) => plug.open(d, p) } : {}) },
    },
  );
  /** Renews the order every 10 s, as the loop does. */
  async function hold(setpointW: number, seconds: number) {
    for (let s = 0; s < seconds; s += 10) {
      session.order(setpointW, clock.now() + 20_000);
      await clock.advance(10_000);
    }
  }
  return { clock, events, session, hold, ids: () => events.map((event) => event.id) };
}
