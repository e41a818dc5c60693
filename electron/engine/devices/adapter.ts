import type { DeviceFault, PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { PinBook } from '#engine/transports/pins.ts';

/** A reading with the instant it was measured, or why there is none. Expected failures never throw. */
export type ReadResult<R> =
  | { outcome: 'ok'; atMs: number; reading: R; raw?: unknown }
  | { outcome: 'failed'; fault: DeviceFault };

/** One device spoken to over its own protocol; the session above it owns polling, back-off and age. */
export interface PlantAdapter {
  /** Shortest time between two reads that the family bears, s. */
  minPollS?: number;
  /** All quantities at once. Adapters that are pushed to (MQTT, multicast, telegrams) answer with the latest message. */
  read(signal: AbortSignal): Promise<ReadResult<PlantReading>>;
  close(): Promise<void>;
}

/** What an adapter or driver may use of the outside. */
export interface DevicePorts {
  clock: Clock;
  log: Log;
  /** The named secret, or undefined where the owner has not given it. */
  secret(name: string): string | undefined;
  /** Certificates of first contact; absent: any is taken. */
  pins?: PinBook;
}

/** Opens an adapter without yet talking to the device; cheap, never throws for a device that is away. */
export type OpenPlantAdapter = (device: PlantDevice, ports: DevicePorts) => PlantAdapter;
