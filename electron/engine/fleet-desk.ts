import { isDeepStrictEqual } from 'node:util';
import type { LoadView } from '#shared/contract/engine.ts';
import type { Wish } from '#shared/control.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { Site } from '#shared/site.ts';
import type { Broadcast } from './broadcast.ts';
import type { Problems } from './done.ts';
import { countsFrom, type Counts } from '#engine/fleet/counts.ts';
import { gauges } from '#engine/fleet/gauges.ts';
import { openMetrics, type OpenMetrics } from '#engine/fleet/open-metrics.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import { startExport, type ExportPorts } from './slot-export.ts';

/** What `GET /metrics` answers, and the token that opens it; absent: sessions only. */
export interface Scrape {
  token: string | undefined;
  read(): Promise<OpenMetrics>;
}

export interface FleetPorts extends ExportPorts {
  version: string;
  startedMs: number;
  ledger: Pick<Ledger, 'today' | 'report' | 'exportQueue'>;
  wish(): Wish;
  live: Broadcast['live'];
  devices(): DeviceHealth[];
  loads(): LoadView[];
}

export interface FleetDesk {
  /** Absent: the owner has not switched it on. */
  scrape(): Scrape | undefined;
  /** Ends the export; what is under way is sent again at the next start. */
  close(): Promise<void>;
}

/** Who gets figures and passwords of the site is said in its file alone: no page and no phone can send them elsewhere. */
export const strangeFleet = (before: Site, after: Site): Problems =>
  isDeepStrictEqual(before.fleet, after.fleet)
    ? []
    : [{ field: 'fleet', message: 'What this site tells a fleet is written in its site file; see docs/fleet.md.' }];

/** A token that can be guessed is none. */
const SHORTEST_TOKEN = 32;

/** What this site tells those who watch over many: nothing before its file says so. */
export function openFleetDesk(ports: FleetPorts): FleetDesk {
  const { ledger, clock } = ports;
  const exporting = startExport(ports);
  let counts: Counts | undefined;
  const counting = () => (counts ??= countsFrom(ledger.today()));
  if (ports.site().fleet?.metrics) counting();

  function tokenOf(name: string): string | undefined {
    const token = ports.secret(name);
    if (token !== undefined && token.length >= SHORTEST_TOKEN) return token;
    ports.log.warn({ name }, `the token for /metrics is missing or shorter than ${SHORTEST_TOKEN} letters`);
    return undefined;
  }

  async function read(): Promise<OpenMetrics> {
    const today = ledger.today();
    const counted = counting().read(today, (fromMs, toMs) => ledger.report({ fromMs, toMs, resolution: 'day' }));
    const now = gauges({
      site: ports.site(),
      version: ports.version,
      nowMs: clock.now(),
      startedMs: ports.startedMs,
      wish: ports.wish(),
      live: ports.live(),
      today,
      devices: ports.devices(),
      loads: ports.loads(),
      export: exporting?.state(),
    });
    return openMetrics(ports.site().id, [...now, ...counted]);
  }

  return {
    scrape() {
      const metrics = ports.site().fleet?.metrics;
      return metrics && { token: tokenOf(metrics.secret), read };
    },
    close: () => exporting?.stop() ?? Promise.resolve(),
  };
}
