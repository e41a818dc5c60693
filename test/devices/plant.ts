import { PlantDevice, type Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { PlantSource } from '#engine/devices/merge.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';

export function plantDevice(id: string, roles: Role[], more: Partial<PlantDevice> = {}): PlantDevice {
  const connection = { transport: 'modbus-tcp', host: '127.0.0.1', port: 502, unit: 1 } as const;
  return PlantDevice.parse({ id, name: id, family: 'sunspec', roles, connection, ...more });
}

export const source = (id: string, roles: Role[], reading: PlantReading, atMs = 0, more = {}): PlantSource => ({
  device: plantDevice(id, roles, more),
  taken: { reading, atMs },
});

export function testPorts() {
  const clock = manualClock(1_000_000);
  return { clock, log: silentLog, secret: () => undefined, random: () => 0.5 };
}
