import { closeSlot, type Slot } from './close-slot.ts';
import { emptySlot, SLOT_MS, type OpenSlot } from './open-slot.ts';
import type { LoadKey, LoadRates, Rates, SiteKey } from './rates.ts';

const siteKeys = [
  'production',
  'import',
  'export',
  'charge',
  'discharge',
  'demand',
  'curtailed',
  'curtailedPlusMinus',
] as const satisfies readonly SiteKey[];

const loadKeys = [
  'draw',
  'gridFed',
  'contracted',
  'boostFed',
  'batteryFed',
  'deferredCharge',
  'forgoneExport',
  'avoidedPaidExport',
  'avoidedCurtailment',
  'unproven',
  'minedMoney',
  'minedUnpriced',
  'forgoneExportMoney',
  'forgoneExportUnpriced',
  'importCostMoney',
  'importCostUnpriced',
  'batteryCostMoney',
  'batteryCostUnpriced',
  'paidExportAvoidedMoney',
  'paidExportAvoidedUnpriced',
  'unvalued',
  'sats',
] as const satisfies readonly LoadKey[];

/** Slots of ticks whose rates stand still until the next: the planner's minutes are means, not instants. */
export interface HeldSlots {
  add(rates: Rates, ms: number): void;
  countStart(loadId: string): void;
  /** The slot so far; the next one begins where it ends. */
  close(): Slot;
}

/**
 * The sums of the slot under way are kept in arrays, in the order of the keys, and written out by hand: this runs half a
 * million times for a year.
 */
export function holdSlots(startMs: number, loadIds: readonly string[]): HeldSlots {
  let open = emptySlot(startMs);
  const site = new Float64Array(siteKeys.length);
  const siteMs = new Float64Array(siteKeys.length);
  const loads = loadIds.map((id) => ({ id, sums: new Float64Array(loadKeys.length), valued: false }));

  function addSite(at: number, powerW: number | undefined, ms: number): void {
    if (powerW === undefined) return;
    site[at] = (site[at] as number) + powerW * ms;
    siteMs[at] = (siteMs[at] as number) + ms;
  }

  return {
    add(rates, ms) {
      const { production, import: imported, export: exported, charge, discharge, demand, curtailed } = rates.site;
      addSite(0, production, ms);
      addSite(1, imported, ms);
      addSite(2, exported, ms);
      addSite(3, charge, ms);
      addSite(4, discharge, ms);
      addSite(5, demand, ms);
      if (curtailed !== undefined) {
        addSite(6, curtailed, ms);
        addSite(7, rates.site.curtailedPlusMinus, ms);
        open.curtailedMs += ms;
        if (rates.site.curtailedPlusMinus === undefined) open.doubtUnknownMs += ms;
        if (rates.curtailedMethod) open.curtailedMethod = rates.curtailedMethod;
      }
      for (const each of loads) {
        const load = rates.loads[each.id];
        if (load === undefined) continue;
        addLoad(each.sums, load, ms);
        if (load.sats !== undefined) each.valued = true;
        if (load.gridFed > 0) noteCause(open, each.id, rates.causes[each.id], load.gridFed * ms);
      }
      if (rates.complete) open.coveredMs += ms;
      if (!rates.proven) open.unprovenMs += ms;
    },
    countStart(loadId) {
      open.starts[loadId] = (open.starts[loadId] ?? 0) + 1;
    },
    close() {
      for (const [i, key] of siteKeys.entries()) if ((siteMs[i] as number) > 0) open.site[key] = site[i] as number;
      for (const { id, sums, valued } of loads) {
        const held: Record<string, number> = {};
        for (const [i, key] of loadKeys.entries()) if (key !== 'sats' || valued) held[key] = sums[i] as number;
        open.loads[id] = held;
      }
      const slot = closeSlot(open);
      open = emptySlot(open.startMs + SLOT_MS);
      site.fill(0);
      siteMs.fill(0);
      for (const each of loads) {
        each.sums.fill(0);
        each.valued = false;
      }
      return slot;
    },
  };
}

function noteCause(open: OpenSlot, id: string, cause: string | undefined, sum: number): void {
  if (cause === undefined) return;
  const byCause = (open.causes[id] ??= {});
  byCause[cause] = (byCause[cause] ?? 0) + sum;
}

function addLoad(sums: Float64Array, load: LoadRates, ms: number): void {
  sums[0]! += load.draw * ms;
  sums[1]! += load.gridFed * ms;
  sums[2]! += load.contracted * ms;
  sums[3]! += load.boostFed * ms;
  sums[4]! += load.batteryFed * ms;
  sums[5]! += load.deferredCharge * ms;
  sums[6]! += load.forgoneExport * ms;
  sums[7]! += load.avoidedPaidExport * ms;
  sums[8]! += load.avoidedCurtailment * ms;
  sums[9]! += load.unproven * ms;
  sums[10]! += load.minedMoney * ms;
  sums[11]! += load.minedUnpriced * ms;
  sums[12]! += load.forgoneExportMoney * ms;
  sums[13]! += load.forgoneExportUnpriced * ms;
  sums[14]! += load.importCostMoney * ms;
  sums[15]! += load.importCostUnpriced * ms;
  sums[16]! += load.batteryCostMoney * ms;
  sums[17]! += load.batteryCostUnpriced * ms;
  sums[18]! += load.paidExportAvoidedMoney * ms;
  sums[19]! += load.paidExportAvoidedUnpriced * ms;
  sums[20]! += load.unvalued * ms;
  sums[21]! += (load.sats ?? 0) * ms;
}
