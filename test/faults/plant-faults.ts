import { UNITS, type Farm, type Fault } from './fault.ts';
import type { ModbusFault } from '../support/faulty-modbus.ts';

const on = (unit: number, fault: ModbusFault): Pick<Fault, 'inflict' | 'heal'> => ({
  inflict: ({ wire }: Farm) => void wire.set(unit, fault),
  heal: ({ wire }: Farm) => void wire.delete(unit),
});

/** 30 s unseen at the full draw of a kettle's worth of load, and the ramp. */
const UNSEEN_WH = 30;

export const meterSilent: Fault = {
  name: 'meter silent',
  boundWh: UNSEEN_WH,
  tells: ['meter-silent'],
  ...on(UNITS.meter, 'cut'),
};

export const meterFrozen: Fault = {
  name: 'meter frozen',
  boundWh: 50,
  tells: ['meter-silent'],
  ...on(UNITS.meter, 'frozen'),
};

/** The clamp hangs the other way round, and nobody has made the sign check: export looks like import, so nothing runs. */
export const meterFlipped: Fault = {
  name: 'meter sign flipped',
  boundWh: 50,
  site: (site) => ({
    ...site,
    devices: site.devices.map((device) => (device.roles.includes('grid') ? { ...device, swapped: ['grid'] } : device)),
  }),
};

export const inverterReboots: Fault = { name: 'inverter reboots', boundWh: 10, ...on(UNITS.turbine, 'asleep') };

export const garbage: Fault = {
  name: 'garbage from the meter',
  boundWh: UNSEEN_WH,
  tells: ['meter-silent'],
  ...on(UNITS.meter, 'garbage'),
};

const LATE_S = 10;

/** Every answer of the meter comes 10 s late. */
export const slowDevice: Fault = {
  name: 'slow meter (10 s)',
  boundWh: UNSEEN_WH,
  inflict(farm) {
    farm.wire.set(UNITS.meter, { laterS: LATE_S });
    farm.hurried(20);
  },
  async heal(farm) {
    farm.wire.delete(UNITS.meter);
    // The last of the late answers is still on its way.
    await farm.run(LATE_S + 1);
    farm.hurried(undefined);
  },
};
