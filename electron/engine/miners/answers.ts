import type { LoadDevice } from '#shared/device.ts';
import { failed } from '#engine/transports/fault.ts';
import type { TcpPeer } from '#engine/transports/tcp-exchange.ts';
import type { HttpConnection } from '#engine/transports/http.ts';
import type { DriverPorts, DriverResult, MinerDriver } from './driver.ts';

export const answer = <R>(ports: DriverPorts, value: R, raw?: unknown): DriverResult<R> =>
  raw === undefined
    ? { outcome: 'ok', atMs: ports.clock.now(), value }
    : { outcome: 'ok', atMs: ports.clock.now(), value, raw };

/** Host and port of a raw TCP API; over an HTTP connection it is the vendor's own port unless the owner says otherwise. */
export function tcpPeer(device: LoadDevice, vendorPort: number): TcpPeer | undefined {
  const { connection, setup } = device;
  if (connection.transport === 'tcp') return { host: connection.host, port: connection.port };
  if (connection.transport !== 'http') return undefined;
  return { host: connection.host, port: typeof setup['apiPort'] === 'number' ? setup['apiPort'] : vendorPort };
}

export function httpConnection(device: LoadDevice): HttpConnection | undefined {
  const { connection, setup } = device;
  if (connection.transport === 'http') return connection;
  if (connection.transport !== 'tcp' || typeof setup['httpPort'] !== 'number') return undefined;
  const { host, user, secret } = connection;
  return {
    transport: 'http',
    host,
    port: setup['httpPort'],
    tls: false,
    ...(user ? { user } : {}),
    ...(secret ? { secret } : {}),
  };
}

/** The owner's password or token for this device. */
export function secretOf(device: LoadDevice, ports: DriverPorts): string | undefined {
  const { connection } = device;
  return 'secret' in connection && connection.secret !== undefined ? ports.secret(connection.secret) : undefined;
}

export function userOf(device: LoadDevice): string | undefined {
  return 'user' in device.connection ? device.connection.user : undefined;
}

/** A driver that says why it cannot work: the connection in the site file is of the wrong kind. */
export function misconnected(device: LoadDevice, wanted: string): MinerDriver {
  const fault = () =>
    Promise.resolve(
      failed(
        'unsupported',
        `${device.name}: “${device.family}” needs a connection of transport “${wanted}”, not “${device.connection.transport}”; change it in the site file`,
      ),
    );
  return { capabilities: fault, read: fault, command: fault, close: () => Promise.resolve() };
}
