import type { PlantReading } from '#shared/reading.ts';
import type { Role } from '#shared/device.ts';
import { multicastFeed } from '../transports/multicast.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { decodeSpeedwire, type SpeedwireReading } from './decode/speedwire.ts';
import { unsuitable } from './family.ts';
import { times } from './json.ts';
import { meterReading } from './normalize/directions.ts';
import { mailbox, readPushed } from './pushed.ts';

/** SMA Energy Meter and Home Manager 2.0 on the network; the first serial number heard is kept unless the owner names one. */
export const openSmaSpeedwire: OpenPlantAdapter = (device, ports) => {
  const { connection } = device;
  if (connection.transport !== 'multicast') return unsuitable(device, 'multicast');
  let serial = device.setup['serial'] === undefined ? undefined : String(device.setup['serial']);
  const box = mailbox<{ reading: PlantReading; raw: unknown }>();
  const feed = multicastFeed(connection.group, connection.port, connection.interface, (bytes) => {
    const found = decodeSpeedwire(bytes);
    if (!found) return;
    serial ??= found.serial;
    if (found.serial === serial)
      box.put({ reading: speedwireReading(found, device.roles), raw: undefined }, ports.clock.now());
  });
  return {
    read: (signal) =>
      readPushed(feed, box, 'no meter speaks; check the network interface and IGMP snooping of the switch', signal),
    close: () => feed.close(),
  };
};

/** Per phase channels 21/22, 41/42, 61/62; powers 0.1 W, energies W·s, voltage mV, frequency mHz. */
export function speedwireReading({ serial, values, counters }: SpeedwireReading, roles: readonly Role[]): PlantReading {
  const net = (plus: number, minus: number) => {
    const [up, down] = [values.get(plus), values.get(minus)];
    return up === undefined || down === undefined ? undefined : times(up - down, 0.1);
  };
  return {
    ...meterReading(
      {
        power: net(1, 2),
        phases: [net(21, 22), net(41, 42), net(61, 62)],
        importTotal: times(counters.get(1), 1 / 3600),
        exportTotal: times(counters.get(2), 1 / 3600),
        gridVoltage: times(values.get(32), 0.001),
        gridFrequency: times(values.get(14), 0.001),
      },
      roles,
    ),
    serial,
  };
}
