import type { Farm, Fault } from './fault.ts';

const HOUR_MS = 3_600_000;

export const clockForward: Fault = {
  name: 'clock +1 h',
  boundWh: 10,
  inflict: ({ setClock }) => setClock(HOUR_MS),
};

export const clockBack: Fault = {
  name: 'clock -1 h',
  boundWh: 10,
  inflict: ({ setClock }) => setClock(-HOUR_MS),
};

/** The lid is closed for three hours; the system says so a moment before. */
export const suspended: Fault = {
  name: 'suspend 3 h',
  // Three hours of standby.
  boundWh: 100,
  sleepsS: 3 * 3600,
  async inflict({ engine, run, clock }) {
    engine().suspend();
    await run(3);
    clock.jump(3 * HOUR_MS);
    engine().resume();
  },
};

/** The engine runs over the moment at which the local clock is changed. */
const dst = (name: string, changeMs: number): Fault => ({
  name,
  boundWh: 10,
  // Both ASICs are near their full draw before.
  startMs: changeMs - 460_000,
  async inflict(farm: Farm) {
    while (farm.clock.now() < changeMs + 5000) await (farm.isRunning() ? farm.run(1) : farm.clock.advance(1000));
  },
});

/** Europe/Berlin: an hour is left out in March, and comes twice in October. */
export const dstBegins = dst('DST begins', Date.UTC(2026, 2, 29, 1));
export const dstEnds = dst('DST ends', Date.UTC(2026, 9, 25, 1));
