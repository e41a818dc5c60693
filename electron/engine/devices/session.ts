import type { DeviceFault, DeviceHealth, PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import type { DevicePorts, OpenPlantAdapter } from './adapter.ts';
import { addressOf } from './address.ts';
import type { SerialBook } from './identity.ts';
import { swapDirections, validReading } from './valid-reading.ts';

export interface TakenReading {
  reading: PlantReading;
  /** Site time it was measured at. */
  atMs: number;
}

/** One plant device polled for as long as the site runs. */
export interface PlantSession {
  readonly device: PlantDevice;
  /** The newest reading of whatever age, or undefined before the first. */
  latest(): TakenReading | undefined;
  health(): DeviceHealth;
  /** Last reply as the device gave it, for diagnosis. */
  raw(): unknown;
  /** Polls until the signal is aborted, then closes the device. */
  run(signal: AbortSignal): Promise<void>;
}

export interface SessionPorts extends DevicePorts {
  /** In [0, 1); spreads the attempts of many devices. */
  random(): number;
  /** Absent: whatever answers at the address is taken for the device. */
  serials?: SerialBook;
  /** Told of every reading, for storage and the raw view. */
  onReading?(device: PlantDevice, taken: TakenReading): void;
}

const MAX_BACKOFF_MS = 60_000;
/** Trying again sooner cannot help until the owner has changed something, and locks accounts. */
const HOPELESS_BACKOFF_MS = 120_000;
const REMEMBERED = 100;

/** Oldest age a reading of this device counts at, ms. */
export const maxAgeMs = (pollS: number): number => Math.max(30_000, 3000 * pollS);

export function plantSession(asked: PlantDevice, open: OpenPlantAdapter, ports: SessionPorts): PlantSession {
  const adapter = open(asked, ports);
  const device = { ...asked, pollS: Math.max(asked.pollS, adapter.minPollS ?? 0) };
  const pollMs = device.pollS * 1000;
  let taken: TakenReading | undefined;
  let raw: unknown;
  let fault: DeviceFault | undefined;
  let failures = 0;
  let sinceMs: number | undefined;
  let nextTryMs: number | undefined;
  let roundTripMs: number | undefined;
  const attempts: boolean[] = [];

  /** A mistake of ours in one family must not take the other devices down. */
  const bug = (error: unknown) => {
    ports.log.error({ err: error, device: device.id }, 'reading a device failed by a bug');
    const message = `${device.name} could not be understood, which is a mistake in Spillway; please send the log and the device's report`;
    return failed('garbage', message);
  };

  const attempt = async (signal: AbortSignal) => {
    const startMs = ports.clock.now();
    const result = await adapter.read(signal).catch(bug);
    roundTripMs = ports.clock.now() - startMs;
    const failure = result.outcome === 'failed' ? result.fault : ports.serials?.strangerIn(device, result.reading);
    attempts.push(failure === undefined);
    if (attempts.length > REMEMBERED) attempts.shift();
    if (failure || result.outcome === 'failed') {
      if (failures++ === 0) sinceMs = startMs;
      fault = failure;
      return;
    }
    if (failures > 0 || taken === undefined) sinceMs = startMs;
    failures = 0;
    fault = undefined;
    raw = result.raw;
    const { reading, dropped } = validReading(result.reading);
    if (dropped.length > 0) ports.log.warn({ device: device.id, dropped }, 'out of range, taken as unknown');
    taken = {
      reading: swapDirections(reading, device.swapped),
      atMs: Math.min(result.atMs, ports.clock.now()),
    };
    ports.onReading?.(device, taken);
  };

  const pauseMs = (startMs: number) => {
    // A clock set back meanwhile must not stretch the pause.
    if (failures === 0) return Math.min(pollMs, Math.max(0, startMs + pollMs - ports.clock.now()));
    const hopeless = fault?.kind === 'unauthorized' || fault?.kind === 'changed-identity';
    const most = hopeless ? HOPELESS_BACKOFF_MS : MAX_BACKOFF_MS;
    const wanted = hopeless ? most : Math.min(most, Math.max(pollMs, 500) * 2 ** Math.min(failures - 1, 10));
    return Math.max(pollMs, wanted * (0.75 + 0.5 * ports.random()));
  };

  const status = (ageMs: number | undefined): DeviceHealth['status'] => {
    if (ageMs === undefined) return failures > 0 ? 'failing' : 'connecting';
    if (ageMs > maxAgeMs(device.pollS)) return failures > 0 ? 'failing' : 'stale';
    return failures > 0 || ageMs > 3 * pollMs + 1000 ? 'slow' : 'live';
  };

  return {
    device,
    latest: () => taken,
    raw: () => raw,
    health() {
      const ageMs = taken === undefined ? undefined : Math.max(0, ports.clock.now() - taken.atMs);
      const { model, firmware } = taken?.reading ?? {};
      return {
        id: device.id,
        name: device.name,
        kind: 'plant',
        family: device.family,
        roles: device.roles,
        address: addressOf(device),
        status: status(ageMs),
        ...(ageMs === undefined ? {} : { ageMs }),
        ...(sinceMs === undefined ? {} : { sinceMs }),
        ...(nextTryMs === undefined || failures === 0 ? {} : { nextTryMs }),
        ...(fault === undefined ? {} : { fault }),
        ...(roundTripMs === undefined ? {} : { roundTripMs }),
        ...(attempts.length === 0
          ? {}
          : { errorPercent: (100 * attempts.filter((ok) => !ok).length) / attempts.length }),
        ...(model === undefined ? {} : { model }),
        ...(firmware === undefined ? {} : { firmware }),
      };
    },
    async run(signal) {
      try {
        while (!signal.aborted) {
          const startMs = ports.clock.now();
          await attempt(signal);
          const waitMs = pauseMs(startMs);
          nextTryMs = ports.clock.now() + waitMs;
          await ports.clock.sleep(waitMs, signal).catch(() => undefined);
        }
      } finally {
        await adapter.close();
      }
    },
  };
}
