import type { PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { DevicePorts, OpenPlantAdapter, ReadResult } from './adapter.ts';
import { swapDirections, validReading } from './valid-reading.ts';

const PATIENCE_MS = 20_000;

/** The live test before a device is saved: one reading, or what is wrong and what to do. */
export async function tryDevice(
  device: PlantDevice,
  open: OpenPlantAdapter,
  ports: DevicePorts,
): Promise<ReadResult<PlantReading>> {
  const adapter = open(device, ports);
  try {
    const result = await adapter.read(AbortSignal.timeout(PATIENCE_MS));
    if (result.outcome === 'failed') return result;
    const { reading } = validReading(result.reading);
    const turned = swapDirections(reading, device.swapped);
    if (Object.keys(turned).length > 0) return { ...result, reading: turned };
    const message = `${device.name} answers, but nothing a ${device.family} tells could be read; check the device type and its setup`;
    return { outcome: 'failed', fault: { kind: 'unsupported', message } };
  } finally {
    await adapter.close();
  }
}
