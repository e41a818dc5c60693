import type { Report, ReportRow } from '#shared/ledger.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';
import type { Sample } from './families.ts';

/** The sums of a span that grow only, as OpenMetrics counts them. */
export type Sums = { sum: ReportRow; byLoad: Report['byLoad'] };

const flows = ['production', 'import', 'export', 'charge', 'discharge', 'demand', 'draw', 'curtailed'] as const;
const MWH_PER_WH = 1000;
const MSAT_PER_SAT = 1000;

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function samplesOf({ sum, byLoad }: Sums): Sample[] {
  const site = flows.map((flow): Sample => ({
    name: 'spillway_energy_watt_hours_total',
    labels: { flow },
    value: inWh(sum.flows[flow]),
  }));
  const loads = byLoad.flatMap(({ loadId: load, origin, estimatedMsat, verifiedMsat, shares }): Sample[] => [
    ...originKeys.map((key) => ({
      name: 'spillway_load_energy_watt_hours_total' as const,
      labels: { load, source: snake(key) },
      value: inWh(origin[key]),
    })),
    ...Object.entries({ estimated: estimatedMsat, verified: verifiedMsat }).map(([method, msat]) => ({
      name: 'spillway_load_mined_sats_total' as const,
      labels: { load, method },
      value: msat === undefined ? undefined : msat / MSAT_PER_SAT,
    })),
    { name: 'spillway_load_accepted_shares_total', labels: { load }, value: shares },
  ]);
  return [...site, ...loads];
}

const inWh = (mwh: number | undefined) => (mwh === undefined ? undefined : mwh / MWH_PER_WH);

/**
 * Counts from its beginning on, as Prometheus wants it: never down, from 0 after a restart. A price that comes late can move
 * energy from one source to another; a counter keeps what it told, the exported slots are put right.
 */
export interface Counts {
  /** @param closed the whole of a span before today, asked for when the day has changed */
  read(today: Sums & { dayStartMs: number }, closed: (fromMs: number, toMs: number) => Sums): Sample[];
}

export function countsFrom(first: Sums & { dayStartMs: number }): Counts {
  const totals = new Map<string, Sample & { value: number }>();
  /** What the day's sums had reached when they were highest. */
  let reached = new Map<string, number>();
  let { dayStartMs } = first;

  function take(sums: Sums, counting: boolean) {
    for (const sample of samplesOf(sums)) {
      const { value } = sample;
      if (value === undefined) continue;
      const key = JSON.stringify([sample.name, sample.labels]);
      const before = reached.get(key) ?? 0;
      reached.set(key, Math.max(before, value));
      const total = totals.get(key)?.value ?? 0;
      totals.set(key, { ...sample, value: counting ? total + Math.max(0, value - before) : total });
    }
  }

  take(first, false);
  return {
    read(today, closed) {
      if (today.dayStartMs > dayStartMs) {
        take(closed(dayStartMs, today.dayStartMs), true);
        reached = new Map();
      }
      // Another time zone moves the day's start back: what was counted is not counted twice.
      const counting = today.dayStartMs >= dayStartMs;
      if (!counting) reached = new Map();
      ({ dayStartMs } = today);
      take(today, counting);
      return [...totals.values()];
    },
  };
}
