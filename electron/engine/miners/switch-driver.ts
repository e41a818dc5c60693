import type { LoadDevice } from '#shared/device.ts';
import type { Failed } from '#engine/transports/fault.ts';
import { answer } from './answers.ts';
import type { DriverPorts, DriverResult, LoadOrder, MinerDriver, Written } from './driver.ts';
import { loadReading, type ReadingDraft } from './fields.ts';
import { steps } from './levels.ts';

export interface SwitchState {
  on: boolean;
  drawW?: number | undefined;
  identity?: ReadingDraft;
}

/** What a kind of switch must be able to do. */
export interface Switch {
  state(signal: AbortSignal): Promise<{ outcome: 'ok'; state: SwitchState } | Failed>;
  /** With `leaseS` the switch goes off by itself after so long; said again, the time begins anew. */
  set(on: boolean, leaseS: number | undefined, signal: AbortSignal): Promise<{ outcome: 'ok'; wrote: string } | Failed>;
  close(): Promise<void>;
}

/** Off-timers shorter than this would need more writes than a plug's relay logic likes. */
const LEAST_LEASE_S = 30;

/** A switched plug as a load of its own, or before one: on, off, measured where it measures. */
export function switchDriver(device: LoadDevice, ports: DriverPorts, by: Switch): MinerDriver {
  const asked = device.setup['leaseS'];
  const leaseS = typeof asked === 'number' && asked >= LEAST_LEASE_S ? asked : undefined;

  const write = async (on: boolean, signal: AbortSignal): Promise<DriverResult<Written>> => {
    const done = await by.set(on, on ? leaseS : undefined, signal);
    return done.outcome === 'failed' ? done : answer(ports, { wrote: [done.wrote] });
  };

  return {
    async capabilities(signal) {
      const found = await by.state(signal);
      if (found.outcome === 'failed') return found;
      const { on, drawW } = found.state;
      return answer(ports, {
        kind: 'switch',
        startS: 0,
        raiseGapS: 60,
        lowerGapS: 10,
        ...(on && drawW !== undefined && drawW > 5 ? { levels: steps([drawW]) } : {}),
        ...(leaseS === undefined ? {} : { deviceLeaseS: leaseS }),
      });
    },
    async read(signal) {
      const found = await by.state(signal);
      if (found.outcome === 'failed') return found;
      const { on, drawW, identity } = found.state;
      const drawSource = drawW === undefined ? undefined : 'plug';
      return answer(ports, loadReading({ ...identity, draw: drawW, drawSource, state: on ? 'mining' : 'paused' }));
    },
    async command(order: LoadOrder, signal) {
      const found = await by.state(signal);
      if (found.outcome === 'failed') return found;
      const on = order.setpointW > 0;
      // On again although it is on: that winds its off-timer up.
      return found.state.on === on && !(on && leaseS !== undefined) ? answer(ports, { wrote: [] }) : write(on, signal);
    },
    renew: (order, signal) =>
      leaseS === undefined || order.setpointW <= 0
        ? Promise.resolve(answer(ports, { wrote: [] }))
        : write(true, signal),
    close: () => by.close(),
  };
}
