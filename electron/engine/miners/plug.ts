import type { LoadDevice } from '#shared/device.ts';
import type { Timed } from '#shared/reading.ts';
import type { DriverPorts, OpenMinerDriver } from './driver.ts';

/** The switched plug in front of a load: measures it, renews its own off-timer, and as the last resort cuts it. */
export interface Plug {
  /** Its off-timer, s; absent: it stays on without us. */
  leaseS: number | undefined;
  /** The owner wants the standby draw gone too. */
  cutsStandby: boolean;
  /** As it said last; undefined before it was heard. */
  isOn(): boolean | undefined;
  draw(nowMs: number): Timed<number> | undefined;
  /** Reads it; with `renew` its off-timer is wound up again. */
  poll(renew: boolean, signal: AbortSignal): Promise<void>;
  /** True where the plug said that it did. */
  set(on: boolean, signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

const MAX_AGE_MS = 30_000;

export function openPlug(
  device: LoadDevice,
  ports: DriverPorts,
  drivers: Record<string, OpenMinerDriver>,
): Plug | undefined {
  if (!device.plug) return undefined;
  const { family, connection, setup } = device.plug;
  const open = drivers[family];
  if (!open) {
    ports.log.error({ load: device.id, family }, 'no driver for this plug');
    return undefined;
  }
  const driver = open(
    { id: `${device.id}-plug`, name: `Plug of ${device.name}`, family, connection, setup, pollS: device.pollS },
    ports,
  );
  const leaseS = typeof setup['leaseS'] === 'number' && setup['leaseS'] > 0 ? setup['leaseS'] : undefined;
  let last: Timed<number> | undefined;
  let on: boolean | undefined;
  let renewedMs = -Infinity;

  return {
    leaseS,
    cutsStandby: setup['cutsStandby'] === true,
    isOn: () => on,
    draw: (nowMs) => (last && nowMs - last.atMs <= MAX_AGE_MS ? last : undefined),
    async poll(renew, signal) {
      const result = await driver.read(signal);
      if (result.outcome === 'ok' && result.value.draw !== undefined)
        last = { value: result.value.draw, atMs: result.atMs };
      if (result.outcome === 'ok' && result.value.state !== undefined) on = result.value.state !== 'paused';
      const nowMs = ports.clock.now();
      if (!renew || leaseS === undefined || nowMs - renewedMs < leaseS * 500) return;
      const renewed = await driver.renew?.({ setpointW: 1, leaseUntilMs: nowMs + leaseS * 1000 }, signal);
      if (renewed?.outcome === 'ok') renewedMs = nowMs;
    },
    async set(to, signal) {
      const nowMs = ports.clock.now();
      const done = await driver.command({ setpointW: to ? 1 : 0, leaseUntilMs: nowMs + (leaseS ?? 0) * 1000 }, signal);
      if (done.outcome === 'failed') ports.log.error({ load: device.id, fault: done.fault }, 'plug did not switch');
      else on = to;
      return done.outcome === 'ok';
    },
    close: () => driver.close(),
  };
}
