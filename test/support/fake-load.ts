import { failed } from '#engine/transports/fault.ts';
import type { DriverPorts, LoadCapabilities, MinerDriver } from '#engine/miners/driver.ts';
import type { LoadReading } from '#shared/reading.ts';

/** A driver without a wire: what it is told becomes what it reads, unless it is told to misbehave. */
export interface FakeLoad {
  reading: LoadReading;
  capabilities: LoadCapabilities;
  /** Setpoints it was commanded, in order. */
  commands: number[];
  renewals: number;
  restarts: number;
  away: boolean;
  obedient: boolean;
  refusing: string | undefined;
  /** Why each command fails. */
  failing: string | undefined;
  /** Answers no reads. */
  mute: boolean;
  /** Takes for ever to answer a read. */
  slow: boolean;
  open(device: unknown, ports: DriverPorts): MinerDriver;
}

export function fakeLoad(change: Partial<FakeLoad> = {}): FakeLoad {
  const load: FakeLoad = {
    reading: { state: 'paused', draw: 20, drawSource: 'measured', hashrate: 0, uptime: 1000 },
    capabilities: {
      kind: 'miner',
      levels: { kind: 'range', minW: 900, maxW: 3000, stepW: 50 },
      startS: 0,
      standbyW: 20,
    },
    commands: [],
    renewals: 0,
    restarts: 0,
    away: false,
    obedient: true,
    refusing: undefined,
    failing: undefined,
    mute: false,
    slow: false,
    open: (_device, ports) => driver(ports),
    ...change,
  };
  const gone = () => Promise.resolve(failed('unreachable', '127.0.0.1:1 cannot be reached'));
  function driver({ clock }: DriverPorts): MinerDriver {
    const ok = <R>(value: R) => Promise.resolve({ outcome: 'ok' as const, atMs: clock.now(), value });
    return {
      capabilities: () =>
        load.away ? gone() : load.refusing ? Promise.resolve(failed('refused', load.refusing)) : ok(load.capabilities),
      read(signal) {
        if (load.slow)
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve(failed('timeout', 'the read was given up')), { once: true });
          });
        return load.away || load.mute ? gone() : ok({ ...load.reading });
      },
      command({ setpointW }) {
        if (load.away) return gone();
        load.commands.push(setpointW);
        if (load.failing) return Promise.resolve(failed('exception', load.failing));
        if (load.obedient)
          load.reading = {
            ...load.reading,
            state: setpointW > 0 ? 'mining' : 'paused',
            draw: setpointW > 0 ? setpointW : 20,
            hashrate: setpointW / 30,
          };
        return ok({ wrote: [`set ${setpointW}`] });
      },
      renew() {
        load.renewals++;
        return ok({ wrote: [] });
      },
      restart() {
        load.restarts++;
        return ok({ wrote: ['restart'] });
      },
      close: () => Promise.resolve(),
    };
  }
  return load;
}
