import type { OpenSlot } from './open-slot.ts';
import type { LoadKey, Rates, SiteKey } from './rates.ts';

/** Adds a stretch in which the rates stand still: the planner's minutes are means, not instants. Writes into `open`. */
export function holdRates(open: OpenSlot, rates: Rates, ms: number): void {
  for (const key in rates.site) open.site[key] = (open.site[key] ?? 0) + (rates.site[key as SiteKey] ?? 0) * ms;
  for (const id in rates.loads) {
    const sums = (open.loads[id] ??= {});
    const load = rates.loads[id] as Partial<Record<LoadKey, number>>;
    for (const key in load) sums[key] = (sums[key] ?? 0) + (load[key as LoadKey] ?? 0) * ms;
    const { gridFed = 0 } = load;
    const cause = rates.causes[id];
    if (gridFed > 0 && cause !== undefined) {
      const byCause = (open.causes[id] ??= {});
      byCause[cause] = (byCause[cause] ?? 0) + gridFed * ms;
    }
  }
  if (rates.complete) open.coveredMs += ms;
  if (!rates.proven) open.unprovenMs += ms;
  if (rates.site.curtailed === undefined) return;
  open.curtailedMs += ms;
  if (rates.curtailedMethod) open.curtailedMethod = rates.curtailedMethod;
}
