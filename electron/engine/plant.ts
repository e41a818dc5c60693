import { isDeepStrictEqual } from 'node:util';
import type { Live } from '#shared/contract/engine.ts';
import type { Snapshot } from '#shared/control.ts';
import type { DeviceHealth, PlantDevice, Role } from '#shared/device.ts';
import type { Timed } from '#shared/reading.ts';
import type { PlantSnapshot } from '#engine/devices/merge.ts';
import type { OpenPlantAdapter } from '#engine/devices/adapter.ts';
import { deviceReport } from '#engine/devices/device-report.ts';
import { mergePlant } from '#engine/devices/merge.ts';
import { plantSession, type PlantSession, type SessionPorts } from '#engine/devices/session.ts';

/** All plant devices of a site, merged into the quantities that control and ledger need. */
export interface Plant {
  snapshot(nowMs: number, loads: Snapshot['loads']): PlantSnapshot;
  /** What cannot be known now and which device is to blame. */
  problems(nowMs: number): Live['problems'];
  health(): DeviceHealth[];
  /** Every device has answered once, with a reading or a fault. */
  heard(): boolean;
  /** Health, reading and last reply of one device with private data blanked; undefined where there is none of that id. */
  report(id: string): string | undefined;
  /**
   * These devices from now on; those that are as before go on undisturbed.
   * @param anew a family whose profile has changed, or a device that the owner has looked at
   */
  use(devices: readonly PlantDevice[], anew?: string): Promise<void>;
  close(): Promise<void>;
}

interface Running {
  asked: PlantDevice;
  session: PlantSession;
  end(): Promise<void>;
}

export interface PlantPorts extends SessionPorts {
  adapter(family: string): OpenPlantAdapter | undefined;
  /** The grid meter has news, or a device gave its first reading. */
  onNews(): void;
}

const QUANTITIES: Record<Role, readonly (keyof PlantSnapshot)[]> = {
  production: ['production'],
  battery: ['charge', 'discharge', 'soc'],
  grid: ['import', 'export'],
  demand: ['demand'],
  generator: ['generatorRunning'],
};

export function openPlant(devices: readonly PlantDevice[], ports: PlantPorts): Plant {
  const unheard = new Set(devices.map(({ id }) => id));
  let running: Running[] = devices.flatMap(begin);
  let last: PlantSnapshot = {};
  const sessions = () => running.map(({ session }) => session);

  function begin(asked: PlantDevice): Running[] {
    const open = ports.adapter(asked.family);
    if (!open) return [];
    const session = plantSession(asked, open, { ...ports, onReading: heard });
    const ending = new AbortController();
    const ended = session.run(ending.signal);
    return [
      {
        asked,
        session,
        end() {
          ending.abort();
          return ended;
        },
      },
    ];
  }

  function heard(device: PlantDevice) {
    if (unheard.delete(device.id) || device.roles.includes('grid')) ports.onNews();
  }

  return {
    snapshot(nowMs, loads) {
      const sources = sessions().map((session) => ({ device: session.device, taken: session.latest() }));
      last = mergePlant(sources, nowMs, totalDraw(loads, nowMs)).snapshot;
      return last;
    },
    problems: (nowMs) =>
      sessions().flatMap((session) =>
        session.device.roles.flatMap((role) =>
          QUANTITIES[role]
            .filter((quantity) => last[quantity] === undefined)
            .map((quantity) => {
              const taken = session.latest();
              return {
                quantity,
                deviceId: session.device.id,
                message: session.health().fault?.message ?? `${session.device.name} does not tell ${quantity}.`,
                ...(taken ? { ageMs: Math.max(0, nowMs - taken.atMs) } : {}),
              };
            }),
        ),
      ),
    health: () => sessions().map((session) => session.health()),
    heard: () => sessions().every((session) => session.health().status !== 'connecting'),
    report(id) {
      const session = sessions().find(({ device }) => device.id === id);
      return session && deviceReport(session);
    },
    async use(next, anew) {
      const kept = new Map(
        running
          .filter(
            ({ asked }) =>
              asked.family !== anew && asked.id !== anew && next.some((device) => isDeepStrictEqual(device, asked)),
          )
          .map((entry) => [entry.asked.id, entry]),
      );
      // A device with one connection must be let go before it is taken up again.
      await Promise.all(running.filter((entry) => !kept.has(entry.asked.id)).map((entry) => entry.end()));
      running = next.flatMap((device) => kept.get(device.id) ?? begin(device));
    },
    close: async () => {
      await Promise.all(running.map((entry) => entry.end()));
    },
  };
}

/** Draw of all loads together; undefined while one is unknown. */
function totalDraw(loads: Snapshot['loads'], nowMs: number): Timed<number> | undefined {
  const total = { value: 0, atMs: nowMs };
  for (const { draw } of Object.values(loads)) {
    if (!draw) return undefined;
    total.value += draw.value;
    total.atMs = Math.min(total.atMs, draw.atMs);
  }
  return total;
}
