import type { Tried } from '#shared/contract/devices.ts';
import type { PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { DevicePorts, OpenPlantAdapter, PlantAdapter } from './adapter.ts';
import { swapDirections, validReading } from './valid-reading.ts';

const PATIENCE_MS = 20_000;
/** Long enough to see whether the values live, short enough to wait for, ms. */
const WATCH_MS = 8000;

type Seen = NonNullable<Extract<Tried, { outcome: 'ok' }>['seen']>;

/** The live test before a device is saved: some seconds of readings, or what is wrong and what to do. */
export async function tryDevice(device: PlantDevice, open: OpenPlantAdapter, ports: DevicePorts): Promise<Tried> {
  const adapter = open(device, ports);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const first = await read(adapter, device, signal);
    if (first.outcome === 'failed') return first;
    if (Object.keys(first.reading).length === 0) {
      const message = `${device.name} answers, but nothing a ${device.family} tells could be read; check the device type and its setup`;
      return { outcome: 'failed', fault: { kind: 'unsupported', message } };
    }
    return await watch(first.reading, adapter, device, ports, signal);
  } finally {
    await adapter.close();
  }
}

async function watch(
  first: PlantReading,
  adapter: PlantAdapter,
  device: PlantDevice,
  { clock }: DevicePorts,
  signal: AbortSignal,
): Promise<Tried> {
  const paceMs = 1000 * Math.max(1, adapter.minPollS ?? 1);
  const seen: Seen = { readings: 1, missed: 0, ranges: {} };
  widen(seen, first);
  let reading = first;
  for (const endMs = clock.now() + WATCH_MS; clock.now() + paceMs <= endMs && !signal.aborted;) {
    await clock.sleep(paceMs, signal).catch(() => undefined);
    const next = await read(adapter, device, signal);
    if (next.outcome === 'failed') seen.missed += 1;
    else {
      seen.readings += 1;
      reading = next.reading;
      widen(seen, reading);
    }
  }
  return { outcome: 'ok', reading, seen };
}

async function read(adapter: PlantAdapter, device: PlantDevice, signal: AbortSignal) {
  const result = await adapter.read(signal);
  if (result.outcome === 'failed') return result;
  return { ...result, reading: swapDirections(validReading(result.reading).reading, device.swapped) };
}

function widen({ ranges }: Seen, reading: PlantReading): void {
  for (const [quantity, value] of Object.entries(reading)) {
    if (typeof value !== 'number') continue;
    const { least, most } = ranges[quantity] ?? { least: value, most: value };
    ranges[quantity] = { least: Math.min(least, value), most: Math.max(most, value) };
  }
}
