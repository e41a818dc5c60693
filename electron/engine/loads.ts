import { isDeepStrictEqual } from 'node:util';
import type { LoadView } from '#shared/contract/engine.ts';
import type { Command, LoadModel, Snapshot } from '#shared/control.ts';
import type { DeviceHealth, LoadDevice } from '#shared/device.ts';
import { deviceReport } from '#engine/devices/device-report.ts';
import { openLoadSession, type LoadSession, type SessionPorts } from '#engine/miners/session.ts';

/** All loads of a site, as the loop sees them. */
export interface Loads {
  /** Those that can be commanded now. */
  models(): LoadModel[];
  snapshot(): Snapshot['loads'];
  /** The same for those that can be commanded; any other load is a part of the site's demand. */
  ours(): Snapshot['loads'];
  carryOut(commands: readonly Command[]): void;
  views(): LoadView[];
  health(): DeviceHealth[];
  /** What is known of one load, with private data blanked; undefined where there is none of that id. */
  report(id: string): string | undefined;
  /** Stops every load. @returns names of those not seen to stand still before the signal */
  makeSafe(signal: AbortSignal): Promise<string[]>;
  /** These loads from now on: those that go are made safe first, those that are as before run on undisturbed. */
  use(devices: readonly LoadDevice[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const snapshotOf = (sessions: readonly LoadSession[]) =>
  Object.fromEntries(sessions.map((session) => [session.id, session.snapshot()]));

interface Running {
  device: LoadDevice;
  session: LoadSession;
}

export function openLoads(devices: readonly LoadDevice[], ports: SessionPorts): Loads {
  const open = (device: LoadDevice): Running => ({ device, session: openLoadSession(device, ports) });
  let all = devices.map(open);
  return {
    models: () => all.flatMap(({ session }) => session.model() ?? []),
    snapshot: () => snapshotOf(all.map(({ session }) => session)),
    ours: () => snapshotOf(all.flatMap(({ session }) => (session.model() ? [session] : []))),
    carryOut(commands) {
      for (const { loadId, setpointW, leaseUntilMs } of commands)
        all.find(({ device }) => device.id === loadId)?.session.order(setpointW, leaseUntilMs);
    },
    views: () =>
      all.map(({ session }) => {
        const model = session.model();
        const view = {
          health: session.health(),
          ...session.counts(),
          hasLease: session.hasLease(),
          learned: session.learned(),
        };
        return model ? { model, ...view } : view;
      }),
    health: () => all.map(({ session }) => session.health()),
    report(id) {
      const found = all.find(({ device }) => device.id === id);
      if (!found) return undefined;
      const { device, session } = found;
      const told = {
        ...session.reading(),
        model: session.model(),
        counts: session.counts(),
        learned: session.learned(),
      };
      return deviceReport({ device, health: session.health, latest: session.reading, raw: () => told });
    },
    async makeSafe(signal) {
      const safe = await Promise.all(all.map(({ session }) => session.makeSafe(signal)));
      return all.flatMap(({ device }, i) => (safe[i] ? [] : [device.name]));
    },
    async use(next, signal) {
      const kept = all.filter(({ device }) => next.some((each) => isDeepStrictEqual(each, device)));
      const going = all.filter((entry) => !kept.includes(entry));
      // From here on nobody starts them again.
      all = kept;
      await Promise.all(going.map(({ session }) => session.makeSafe(signal)));
      await Promise.all(going.map(({ session }) => session.close()));
      all = next.map((device) => kept.find((entry) => entry.device.id === device.id) ?? open(device));
    },
    close: async () => {
      await Promise.all(all.map(({ session }) => session.close()));
    },
  };
}
