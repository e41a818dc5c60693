import { fileURLToPath } from 'node:url';
import type { Minute } from '#engine/accounting/minute.ts';
import { DAY_START_MS } from '../bench/control/policies/spillway.ts';
import { factories } from '../bench/control/policies/all.ts';
import { dayWithoutLoads, prepareRun, runPolicy } from '../bench/control/run.ts';
import { marketAt, settingsFor, type SiteId } from '../bench/control/sites.ts';
import { readTraces } from '../bench/control/traces.ts';
import type { SceneParts } from '#engine/planner/scene.ts';

const TRACES = readTraces(fileURLToPath(new URL('../bench/control/traces', import.meta.url)));
const FLOWS = ['production', 'demand', 'import', 'export', 'charge', 'discharge'] as const;

/** A day of the control bench at one second with the shipped step(): what an owner's ledger would have of it. */
export function recordedDay(traceId: string, siteId: SiteId) {
  const trace = TRACES.find(({ id }) => id === traceId)!;
  const before = dayWithoutLoads(trace, siteId);
  const context = prepareRun(trace, before, 'L1');
  const minutes: Minute[] = [];
  const wh: Record<string, number> = {};
  const open = new Map<string, number>();
  let soc = 0;
  const row = runPolicy(context, factories().spillway, ({ t, flows, drawW }) => {
    const now: Record<string, number> = { 'load:asic': drawW, curtailed: flows.potentialW - flows.productionW };
    for (const key of FLOWS) now[key] = flows[`${key}W`];
    if (t % 60 === 0) soc = flows.socPercent;
    for (const [key, watts] of Object.entries(now)) {
      open.set(key, (open.get(key) ?? 0) + watts);
      wh[key] = (wh[key] ?? 0) + watts / 3600;
    }
    if (t % 60 !== 59) return;
    const series = Object.fromEntries(
      [...open].map(([key, sum]) => [key, { mean: sum / 60, min: sum / 60, max: sum / 60 }]),
    );
    minutes.push({
      startMs: DAY_START_MS + (t - 59) * 1000,
      series: before.site.battery ? { ...series, soc: { mean: soc, min: soc, max: soc } } : series,
    });
    open.clear();
  });
  const { battery, exportLimitW } = before.site;
  const parts: SceneParts = {
    plant: {
      offGrid: before.site.connection === 'off-grid',
      exportLimitW: exportLimitW ?? Infinity,
      ...(battery && {
        battery: {
          capacityWh: battery.capacityWh,
          maxChargeW: battery.maxW,
          maxDischargeW: battery.maxW,
          efficiency: battery.efficiency,
          floorPercent: battery.floorPercent,
        },
      }),
    },
    settings: settingsFor(before.site, trace),
    loads: context.set.loads,
    equipment: { production: true, grid: before.site.connection === 'grid', battery: battery !== undefined },
    startPercent: battery?.startPercent ?? 0,
    prices: {
      tariff: { importPerKwh: 0.3, exportPerKwh: 0.04, batteryPerKwh: 0.3, timeOfUse: [] },
      worth: marketAt(before.site, 0),
      contracts: [],
      wearPerKwh: 0,
    },
  };
  return { minutes, wh, row, parts, idealWh: context.idealWh };
}
