import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { httpConnection, misconnected, secretOf, userOf } from './answers.ts';
import type { DriverPorts, OpenMinerDriver } from './driver.ts';
import { flagAt, numberAt, textAt } from './fields.ts';
import { switchDriver } from './switch-driver.ts';
import type { LoadDevice } from '#shared/device.ts';

function clientOf(device: LoadDevice, ports: DriverPorts) {
  const connection = httpConnection(device);
  const password = secretOf(device, ports);
  const auth =
    password === undefined ? undefined : ({ kind: 'password', user: userOf(device) ?? 'admin', password } as const);
  return connection && httpClient(connection, auth, ports.pins);
}

const channelOf = (device: LoadDevice) => (typeof device.setup['channel'] === 'number' ? device.setup['channel'] : 0);

/** Shelly Gen1: `timer` switches back after so many seconds. */
export const openShellyPlugGen1: OpenMinerDriver = (device, ports) => {
  const client = clientOf(device, ports);
  if (!client) return misconnected(device, 'http');
  const channel = channelOf(device);
  return switchDriver(device, ports, {
    async state(signal) {
      const reply = await client.json('/status', signal);
      if (reply.outcome === 'failed') return reply;
      const on = flagAt(reply.value, 'relays', channel, 'ison');
      if (on === undefined)
        return failed(
          'unsupported',
          `${client.address} has no relay ${channel}; set the right channel, or choose “shelly-plug-gen2”`,
        );
      const identity = { firmware: textAt(reply.value, 'update', 'old_version'), serial: textAt(reply.value, 'mac') };
      return { outcome: 'ok', state: { on, drawW: numberAt(reply.value, 'meters', channel, 'power'), identity } };
    },
    async set(on, leaseS, signal) {
      const path = `/relay/${channel}?turn=${on ? 'on' : 'off'}${leaseS === undefined ? '' : `&timer=${leaseS}`}`;
      const reply = await client.json(path, signal);
      return reply.outcome === 'failed' ? reply : { outcome: 'ok', wrote: `GET ${path}` };
    },
    close: () => client.close(),
  });
};

/** Shelly Gen2 and newer: `toggle_after` switches back after so many seconds. */
export const openShellyPlugGen2: OpenMinerDriver = (device, ports) => {
  const client = clientOf(device, ports);
  if (!client) return misconnected(device, 'http');
  const id = channelOf(device);
  return switchDriver(device, ports, {
    async state(signal) {
      const reply = await client.json(`/rpc/Switch.GetStatus?id=${id}`, signal);
      if (reply.outcome === 'failed') return reply;
      const on = flagAt(reply.value, 'output');
      if (on === undefined)
        return failed(
          'unsupported',
          `${client.address} has no switch ${id}; set the right channel, or choose “shelly-plug-gen1”`,
        );
      return { outcome: 'ok', state: { on, drawW: numberAt(reply.value, 'apower') } };
    },
    async set(on, leaseS, signal) {
      const path = `/rpc/Switch.Set?id=${id}&on=${on}${leaseS === undefined ? '' : `&toggle_after=${leaseS}`}`;
      const reply = await client.json(path, signal);
      return reply.outcome === 'failed' ? reply : { outcome: 'ok', wrote: `GET ${path}` };
    },
    close: () => client.close(),
  });
};
