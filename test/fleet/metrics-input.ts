import { Wish } from '#shared/control.ts';
import type { Report, ReportRow } from '#shared/ledger.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';
import type { GaugeInput } from '#engine/fleet/gauges.ts';
import { liveOf } from '#engine/live.ts';
import { site, tick } from '../support/ledger-ticks.ts';

export const NOW_MS = Date.UTC(2026, 5, 21, 12);

const load = {
  id: 'asic',
  name: 'Miner "one"',
  family: 'cgminer',
  connection: { transport: 'tcp', host: '127.0.0.1', port: 4028 },
};
const health = { id: 'asic', name: 'Miner', family: 'cgminer', roles: [], address: '127.0.0.1:4028' };

/** A site on which everything is known, an hour after it started. */
export function everythingKnown(): GaugeInput {
  const powers = { production: 5000, demand: 800, import: 0, export: 1000, charge: 200, discharge: 0, soc: 55 };
  const told = tick(NOW_MS, { ...powers, draws: { asic: 3000 }, hashrates: { asic: 100 } }, { curtailedW: 40 });
  const timed = <T>(value: T) => ({ value, atMs: NOW_MS });
  told.snapshot.potential = timed(5040);
  Object.assign(told.snapshot.loads['asic']!, { temperature: timed(61), state: timed('mining') });
  const wish = Wish.parse({ mode: 'surplus', commissioned: true });
  const live = liveOf({ ...told, decision: { ...told.decision, surplusW: 4000 }, commands: [], wish }, []);
  return {
    site: site({ loads: [load], name: 'Home\n"north"' }),
    version: '1.2.3',
    nowMs: NOW_MS,
    startedMs: NOW_MS - 3_600_000,
    wish,
    live,
    today: {
      ...sumsOf(1000),
      dayStartMs: NOW_MS - 43_200_000,
      dayEndMs: NOW_MS + 43_200_000,
      slots: [],
      proof: { look: 'proven', gridFed: 0, boostGridFed: 0, slots: 144, unprovenSlots: 0 },
    },
    devices: [
      { ...health, kind: 'load', status: 'live', ageMs: 1500, roundTripMs: 12 },
      { ...health, id: 'inverter', kind: 'plant', status: 'failing', ageMs: 90_000 },
    ],
    loads: [{ health: { ...health, kind: 'load', status: 'live' }, startsToday: 2 }],
    export: { waiting: 3, failing: false, confirmedMs: NOW_MS - 5000 },
  };
}

/** Sums in which every energy is `mwh`. */
export function sumsOf(
  mwh: number,
  over: Partial<ReportRow['flows']> = {},
): { sum: ReportRow; byLoad: Report['byLoad'] } {
  const origin = Object.fromEntries(originKeys.map((key) => [key, mwh])) as ReportRow['origin'];
  const flows = { production: mwh, import: mwh, export: mwh, charge: mwh, discharge: mwh, demand: mwh, draw: mwh };
  return {
    sum: {
      startMs: 0,
      endMs: 1,
      coverage: 1,
      flows: { ...flows, curtailed: mwh, residual: 0, ...over },
      origin,
      earnings: { earningsMicro: -1_500_000 },
      starts: 0,
    },
    byLoad: [{ loadId: 'asic', origin, draw: mwh, estimatedMsat: mwh, verifiedMsat: mwh, shares: mwh }],
  };
}
