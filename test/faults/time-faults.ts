import type { Fault } from './fault.ts';

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
  async inflict({ engine, run, clock }) {
    engine().suspend();
    await run(3);
    clock.jump(3 * HOUR_MS);
    engine().resume();
  },
};
