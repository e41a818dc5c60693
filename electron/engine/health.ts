import type { Snapshot, Decision } from '#shared/control.ts';
import type { Today } from '#shared/ledger.ts';

/** What `GET /healthz` answers; null is unknown. Energies Wh, powers W. Nothing secret. */
export interface Health {
  status: 'ok' | 'starting' | 'stalled';
  version: string;
  engine: { uptimeS: number; tickAgeMs: number | null };
  snapshotAgeMs: number | null;
  loads: { id: string; state: string | null; setpointW: number; drawW: number | null; reason: string }[];
  ledger: { todayMinedWh: number | null; todayGridFedWh: number | null };
}

export interface HealthInput {
  version: string;
  nowMs: number;
  startedMs: number;
  tickMs: number | undefined;
  snapshot: Snapshot | undefined;
  decision: Decision | undefined;
  today: Today | undefined;
}

/** A loop that has not ticked for so long is stalled, ms of site time. */
const STALLED_MS = 15_000;

export function engineHealth(input: HealthInput): Health {
  const { nowMs, tickMs, snapshot, decision, today } = input;
  const tickAgeMs = tickMs === undefined ? null : nowMs - tickMs;
  const instants = snapshot ? requiredInstants(snapshot) : [];
  return {
    status: tickAgeMs === null ? 'starting' : tickAgeMs > STALLED_MS ? 'stalled' : 'ok',
    version: input.version,
    engine: { uptimeS: Math.round((nowMs - input.startedMs) / 1000), tickAgeMs },
    snapshotAgeMs: instants.length > 0 ? nowMs - Math.min(...instants) : null,
    loads: (decision?.loads ?? []).map(({ loadId, setpointW, reason }) => {
      const load = snapshot?.loads[loadId];
      return {
        id: loadId,
        state: load?.state?.value ?? null,
        setpointW,
        drawW: load?.draw?.value ?? null,
        reason: reason.id,
      };
    }),
    ledger: {
      todayMinedWh: today?.sum.flows.draw === undefined ? null : today.sum.flows.draw / 1000,
      todayGridFedWh: today ? today.sum.origin.gridFed / 1000 : null,
    },
  };
}

/** Instants of the readings that the surplus needs: the grid's, or off-grid the battery's. */
export function requiredInstants(snapshot: Snapshot): number[] {
  const required =
    (snapshot.import ?? snapshot.export) ? [snapshot.import, snapshot.export] : [snapshot.soc, snapshot.production];
  return required.flatMap((reading) => (reading ? [reading.atMs] : []));
}
