import type { Live, LoadView, SiteStatus } from '#shared/contract/engine.ts';
import type { Today } from '#shared/ledger.ts';

/** What `spillway status --json` says; null is unknown. Powers W, energies Wh, money in the site's currency. */
export interface Status {
  running: boolean;
  address: string | null;
  site: { id: string; name: string; simulated: boolean; currency: string };
  mode: string | null;
  stopped: boolean | null;
  powers: Record<'surplus' | 'production' | 'curtailed' | 'draw' | 'demand' | 'import' | 'export', number | null>;
  batteryPercent: number | null;
  loads: {
    id: string;
    name: string;
    state: string | null;
    setpointW: number | null;
    drawW: number | null;
    reason: string | null;
  }[];
  today: {
    minedWh: number | null;
    gridFedWh: number | null;
    proof: string | null;
    sats: number | null;
    earnings: number | null;
  };
  problems: string[];
}

export interface StatusInput {
  site: Status['site'];
  status?: SiteStatus | undefined;
  live?: Live | undefined;
  today: Today | undefined;
  loads?: readonly LoadView[] | undefined;
  address?: string;
}

export function statusOf({ site, status, live, today, loads, address }: StatusInput): Status {
  const { snapshot, decision } = live ?? {};
  const { id, name, simulated, currency } = site;
  const divided = (value: number | undefined, by: number) => (value === undefined ? null : value / by);
  return {
    running: status !== undefined,
    address: address ?? null,
    site: { id, name, simulated, currency },
    mode: status?.wish.mode ?? null,
    stopped: status?.wish.stopped ?? null,
    powers: {
      surplus: decision?.surplusW ?? null,
      production: snapshot?.production?.value ?? null,
      curtailed: decision?.curtailedW ?? null,
      draw: live?.drawW ?? null,
      demand: live?.demandW ?? null,
      import: snapshot?.import?.value ?? null,
      export: snapshot?.export?.value ?? null,
    },
    batteryPercent: snapshot?.soc?.value ?? null,
    loads: (loads ?? []).map(({ health }) => {
      const decided = decision?.loads.find(({ loadId }) => loadId === health.id);
      const read = snapshot?.loads[health.id];
      return {
        id: health.id,
        name: health.name,
        state: read?.state?.value ?? null,
        setpointW: decided?.setpointW ?? null,
        drawW: read?.draw?.value ?? null,
        reason: decided?.reason.id ?? null,
      };
    }),
    today: {
      minedWh: divided(today?.sum.flows.draw, 1000),
      gridFedWh: divided(today?.sum.origin.gridFed, 1000),
      proof: today?.proof.look ?? null,
      sats: divided(today?.sum.earnings.estimatedMsat, 1000),
      earnings: divided(today?.sum.earnings.earningsMicro, 1e6),
    },
    problems: (live?.problems ?? []).map(({ message }) => message),
  };
}
