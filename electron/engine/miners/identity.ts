import type { LoadDevice } from '#shared/device.ts';
import type { LoadReading } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { addressOf } from './session-view.ts';

/** Sees to it that the address still belongs to our load: to the serial in the site file, else to the first one seen. */
export function watchIdentity(device: LoadDevice) {
  const owners = device.setup['serial'];
  let known = typeof owners === 'string' ? owners : undefined;
  let stranger = false;
  return {
    /** While true nothing may be commanded there. */
    isStranger: () => stranger,
    strangerIn(reading: LoadReading) {
      known ??= reading.serial;
      stranger =
        known !== undefined && reading.serial !== undefined && reading.serial.toLowerCase() !== known.toLowerCase();
      if (!stranger) return undefined;
      return failed(
        'changed-identity',
        `${addressOf(device)} now belongs to ${reading.model ?? 'another device'} with serial ${reading.serial}, not to ${device.name} (${known}); give that one a fixed address in the router, or confirm the new device`,
      ).fault;
    },
  };
}
