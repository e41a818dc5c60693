import type { LoadModel } from '#shared/control.ts';
import type { DeviceFault, LoadDevice } from '#shared/device.ts';
import type { LoadReading } from '#shared/reading.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { PinBook } from '#engine/transports/pins.ts';

export type DriverResult<R> =
  | { outcome: 'ok'; atMs: number; value: R; raw?: unknown }
  | { outcome: 'failed'; fault: DeviceFault };

/** What is wanted of a load: 0 W is its safe state. */
export interface LoadOrder {
  /** W; a driver rounds down to what the device can do. */
  setpointW: number;
  /** Site time the order ends unless renewed; drivers with a device watchdog arm it. */
  leaseUntilMs: number;
}

/** What a family can do, as far as known before and after asking the device. */
export type LoadCapabilities = Partial<Omit<LoadModel, 'id' | 'name' | 'priority'>>;

/** What was written, in words for the log; empty when nothing had to be. */
export interface Written {
  wrote: readonly string[];
  /** The device takes the rest later: command it again until this is absent. */
  unfinished?: boolean;
}

/**
 * One commanded load. A command that returns ok is not proof: the session verifies watts, hashrate and status.
 * Drivers never write pools, frequencies or passwords of the owner, and never re-send an unchanged value where it costs.
 */
export interface MinerDriver {
  /** Asks the device what it is and can do; called after every (re)discovery. */
  capabilities(signal: AbortSignal): Promise<DriverResult<LoadCapabilities>>;
  read(signal: AbortSignal): Promise<DriverResult<LoadReading>>;
  /** Carries out the order once; idempotent for the same order. */
  command(order: LoadOrder, signal: AbortSignal): Promise<DriverResult<Written>>;
  /** Keeps the device's own watchdog from running out; absent where it has none. */
  renew?(order: LoadOrder, signal: AbortSignal): Promise<DriverResult<Written>>;
  /** Starts the mining program anew, for a miner that runs without work; absent where the device cannot. */
  restart?(signal: AbortSignal): Promise<DriverResult<Written>>;
  /** Compute jobs: whether work is waiting; undefined where that cannot be told. */
  waiting?(signal: AbortSignal): Promise<boolean | undefined>;
  /** True: it has no command that stops it, so its plug must be cut. */
  stopsByPlug?(): boolean;
  close(): Promise<void>;
}

export interface DriverPorts {
  clock: Clock;
  log: Log;
  secret(name: string): string | undefined;
  /** Certificates of first contact; absent: any is taken. */
  pins?: PinBook;
}

/** Opens a driver without yet talking to the device. */
export type OpenMinerDriver = (device: LoadDevice, ports: DriverPorts) => MinerDriver;
