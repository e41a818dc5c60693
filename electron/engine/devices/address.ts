import type { PlantDevice } from '#shared/device.ts';

/** Where a device is, in the words of its wire. */
export function addressOf({ connection }: Pick<PlantDevice, 'connection'>): string {
  switch (connection.transport) {
    case 'modbus-rtu':
    case 'serial':
      return connection.path;
    case 'mqtt':
      return connection.url;
    case 'multicast':
      return `${connection.group}:${connection.port}`;
    default:
      return `${connection.host}:${connection.port}`;
  }
}
