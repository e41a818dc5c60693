import type { LoadConnection } from '#shared/device.ts';
import type { Site } from '#shared/site.ts';

const onLoopback = (connection: LoadConnection): boolean => 'host' in connection && connection.host === '127.0.0.1';

/**
 * The simulated site with what its owner changed. The simulator's ports are new at each start, so a saved device that
 * still is one of the simulator's gets today's connection; a real device put in its place keeps its own.
 */
export function overlaySimulated(fresh: Site, saved: Site | undefined): Site {
  if (!saved) return fresh;
  const renew = <D extends { id: string; family: string; connection: LoadConnection }>(
    devices: D[],
    now: readonly D[],
  ): D[] =>
    devices.map((device) => {
      const simulated = now.find(({ id, family }) => id === device.id && family === device.family);
      return simulated && onLoopback(device.connection) ? { ...device, connection: simulated.connection } : device;
    });
  return {
    ...saved,
    simulated: true,
    devices: renew(saved.devices, fresh.devices),
    loads: renew(saved.loads, fresh.loads),
  };
}
