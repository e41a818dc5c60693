import type { LoadDevice } from '#shared/device.ts';
import type { LoadReading } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import type { Learned } from './learned.ts';
import { addressOf } from './session-view.ts';

/**
 * Sees to it that the address still belongs to our load: to the serial in the site file, else to the first one that was
 * ever seen there.
 */
export function watchIdentity(device: LoadDevice, learned: Pick<Learned, 'serial' | 'firstSeen'>) {
  const owners = device.setup['serial'];
  const known = () => (typeof owners === 'string' ? owners : learned.serial());
  let stranger = false;
  return {
    /** While true nothing may be commanded there. */
    isStranger: () => stranger,
    strangerIn(reading: LoadReading) {
      const { serial } = reading;
      if (serial === undefined) return undefined;
      if (known() === undefined) learned.firstSeen(serial);
      stranger = serial.toLowerCase() !== known()?.toLowerCase();
      if (!stranger) return undefined;
      return failed(
        'changed-identity',
        `${addressOf(device)} now belongs to ${reading.model ?? 'another device'} with serial ${serial}, not to ${device.name} (${known()}); give that one a fixed address in the router, or, if it was replaced, write "serial": "${serial}" under its "setup"`,
      ).fault;
    },
  };
}
