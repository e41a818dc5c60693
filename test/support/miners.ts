import { LoadDevice, type Connection, type LoadConnection } from '#shared/device.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import type { DriverPorts, MinerDriver } from '#engine/miners/driver.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';

export const NOON_MS = Date.UTC(2026, 5, 21, 10);
export const signal = AbortSignal.timeout(60_000);

export const tcp = (port: number, secret?: string): Connection => ({
  transport: 'tcp',
  host: '127.0.0.1',
  port,
  ...(secret === undefined ? {} : { secret }),
});

export const http = (port: number, login: { user?: string; secret?: string } = {}): Connection => ({
  transport: 'http',
  host: '127.0.0.1',
  port,
  tls: false,
  ...login,
});

export interface DriverOptions {
  secrets?: Record<string, string>;
  setup?: LoadDevice['setup'];
  model?: LoadDevice['model'];
  plug?: LoadDevice['plug'];
  ports?: Partial<DriverPorts>;
}

export function driverOf(family: string, connection: LoadConnection, options: DriverOptions = {}): MinerDriver {
  const open = minerDrivers[family];
  if (!open) throw new Error(`no driver ${family}`);
  const { setup = {}, model, plug } = options;
  const device = LoadDevice.parse({ id: 'miner', name: 'Garage miner', family, connection, setup, model, plug });
  return open(device, {
    clock: manualClock(NOON_MS),
    log: silentLog,
    secret: (name) => options.secrets?.[name],
    ...options.ports,
  });
}

export const run = (setpointW: number) => ({ setpointW, leaseUntilMs: NOON_MS + 60_000 });
export const STOP = run(0);
