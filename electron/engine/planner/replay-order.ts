import type { LoadModel } from '#shared/control.ts';
import type { ReplayChange } from '#shared/contract/planner.ts';
import type { Report } from '#shared/ledger.ts';
import type { MarketSnapshot } from '#shared/market.ts';
import type { Site } from '#shared/site.ts';
import type { Minute } from '#engine/accounting/minute.ts';
import { rowModel } from './load-row.ts';
import { recordedOf } from './recorded.ts';
import type { ReplayOrder } from './replay.ts';
import { batterySpec, worthOf, wearOf, type SceneParts } from './scene.ts';

/** One way; a device tells its losses nowhere. */
const EFFICIENCY = 0.95;

/**
 * What the worker needs to run an owner's days again.
 * @param loads as the devices are known now
 * @returns undefined where nothing is recorded
 */
export function replayOrder(given: {
  site: Site;
  loads: readonly LoadModel[];
  market: MarketSnapshot;
  minutes: readonly Minute[];
  report: Report;
  span: { fromMs: number; toMs: number };
  change: ReplayChange;
}): ReplayOrder | undefined {
  const { site, loads, market, minutes, report, span, change } = given;
  const { exportLimitW, connection } = site.control;
  const mayHoldBack = exportLimitW !== undefined || connection === 'off-grid';
  const recorded = recordedOf(minutes, span, { timeZone: site.timeZone, mayHoldBack });
  if (!recorded) return undefined;
  const today = partsOfSite(site, loads, market, recorded.startPercent);
  return {
    recorded,
    happened: happenedSide(report),
    happenedEarnings: report.sum.earnings,
    today,
    changed: changedParts(today, change),
  };
}

function partsOfSite(
  site: Site,
  loads: readonly LoadModel[],
  market: MarketSnapshot,
  startPercent: number | undefined,
): SceneParts {
  const settings = { ...site.control, timeZone: site.timeZone };
  const { battery, exportLimitW, connection } = settings;
  const offGrid = connection === 'off-grid';
  return {
    plant: {
      offGrid,
      exportLimitW: exportLimitW ?? Infinity,
      ...(battery && { battery: { ...battery, efficiency: EFFICIENCY } }),
    },
    settings,
    loads,
    equipment: { production: true, grid: !offGrid, battery: battery !== undefined },
    startPercent: startPercent ?? 50,
    prices: {
      tariff: site.tariff,
      worth: worthOf(market, market.prices[site.currency], site.poolFee),
      contracts: [],
      wearPerKwh: 0,
    },
  };
}

function changedParts(today: SceneParts, change: ReplayChange): SceneParts {
  const { battery, withoutBattery = false, addLoads, floorPercent, targetPercent, exportLimitW, strategy } = change;
  const { battery: _had, ...plant } = today.plant;
  const { battery: had, ...settings } = today.settings;
  const spec = withoutBattery ? undefined : battery ? batterySpec(battery) : today.plant.battery;
  const base = withoutBattery ? undefined : (battery ?? had);
  const kept = base && {
    capacityWh: base.capacityWh,
    maxChargeW: base.maxChargeW,
    maxDischargeW: base.maxDischargeW,
    floorPercent: floorPercent ?? base.floorPercent,
    targetPercent: targetPercent ?? base.targetPercent,
  };
  return {
    ...today,
    plant: {
      ...plant,
      exportLimitW: exportLimitW ?? plant.exportLimitW,
      ...(spec && { battery: { ...spec, floorPercent: Math.min(spec.floorPercent, kept?.floorPercent ?? 100) } }),
    },
    settings: {
      ...settings,
      reserveW: strategy?.reserveW ?? settings.reserveW,
      marginPerKwh: strategy?.marginPerKwh ?? settings.marginPerKwh,
      quietHours: strategy?.quietHours ?? settings.quietHours,
      probe: strategy?.probe ?? settings.probe,
      withoutMarket: strategy?.withoutMarket ?? settings.withoutMarket,
      ...(exportLimitW === undefined ? {} : { exportLimitW }),
      ...(kept && { battery: kept }),
    },
    loads: [...today.loads, ...addLoads.map((load, i) => ({ ...rowModel(load), id: `added-${i + 1}` }))],
    equipment: { ...today.equipment, battery: kept !== undefined },
    startPercent: battery?.startPercent ?? today.startPercent,
    prices: { ...today.prices, wearPerKwh: battery ? wearOf(battery) : 0 },
  };
}

/** The ledger's own figures; what it does not know is absent. */
function happenedSide({ sum: { flows } }: Report): ReplayOrder['happened'] {
  const { production, demand, import: imported, export: exported, charge, discharge, draw, curtailed } = flows;
  const known = { production, demand, import: imported, export: exported, charge, discharge, draw, lost: curtailed };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
