import type { LoadView } from '#shared/contract/engine.ts';
import type { Command, LoadModel, Snapshot } from '#shared/control.ts';
import type { DeviceHealth, LoadDevice } from '#shared/device.ts';
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
  /** Stops every load. @returns names of those not seen to stand still before the signal */
  makeSafe(signal: AbortSignal): Promise<string[]>;
  close(): Promise<void>;
}

const snapshotOf = (sessions: readonly LoadSession[]) =>
  Object.fromEntries(sessions.map((session) => [session.id, session.snapshot()]));

export function openLoads(devices: readonly LoadDevice[], ports: SessionPorts): Loads {
  const sessions = new Map<string, { device: LoadDevice; session: LoadSession }>(
    devices.map((device) => [device.id, { device, session: openLoadSession(device, ports) }]),
  );
  const all = [...sessions.values()];
  return {
    models: () => all.flatMap(({ session }) => session.model() ?? []),
    snapshot: () => snapshotOf(all.map(({ session }) => session)),
    ours: () => snapshotOf(all.flatMap(({ session }) => (session.model() ? [session] : []))),
    carryOut(commands) {
      for (const { loadId, setpointW, leaseUntilMs } of commands)
        sessions.get(loadId)?.session.order(setpointW, leaseUntilMs);
    },
    views: () =>
      all.map(({ session }) => {
        const model = session.model();
        const view = { health: session.health(), ...session.counts(), hasLease: session.hasLease() };
        return model ? { model, ...view } : view;
      }),
    health: () => all.map(({ session }) => session.health()),
    async makeSafe(signal) {
      const safe = await Promise.all(all.map(({ session }) => session.makeSafe(signal)));
      return all.flatMap(({ device }, i) => (safe[i] ? [] : [device.name]));
    },
    close: async () => {
      await Promise.all(all.map(({ session }) => session.close()));
    },
  };
}
