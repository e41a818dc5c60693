import { LoadModel } from '#shared/control.ts';
import type { MarketSnapshot } from '#shared/market.ts';
import type { Plan, PlanLoad, PlanSource } from '#shared/plan.ts';
import type { Site } from '#shared/site.ts';
import { catalogue, catalogueLoad } from './catalogue.ts';
import { economics, strategy } from './stories/common.ts';
import { hydro } from './stories/off-the-line.ts';
import { geothermal } from './stories/regions.ts';
import { solar, wind } from './stories/surplus-off-peak.ts';

/** The owner's site as the beginning of a plan: what the site file knows, and a story's figures for what it does not. */
export function planOfSite(site: Site, market: MarketSnapshot): Plan {
  const { control, tariff } = site;
  const { location, plant, battery, connection } = control;
  const like = { pv: solar, wind, hydro, other: geothermal }[plant].plan(market);
  const { battery: _none, story: _story, ...rest } = like;
  const offGrid = connection === 'off-grid';
  return {
    ...rest,
    name: site.name,
    currency: site.currency,
    timeZone: site.timeZone,
    latitude: location?.latitude ?? like.latitude,
    longitude: location?.longitude ?? like.longitude,
    sources: like.sources.map((source) => scaled(source, control.exportLimitW)),
    ...(battery && {
      battery: {
        capacityWh: battery.capacityWh,
        maxChargeW: battery.maxChargeW,
        maxDischargeW: battery.maxDischargeW,
        efficiencyPercent: 95,
        floorPercent: battery.floorPercent,
        targetPercent: battery.targetPercent,
        startPercent: Math.max(50, battery.floorPercent),
        price: 0,
        cycles: 6000,
        replacementPerKwh: 350,
      },
    }),
    grid: {
      connection,
      ...(offGrid || control.exportLimitW === undefined ? {} : { exportLimitW: control.exportLimitW }),
      ...(control.importLimitW === undefined ? {} : { importLimitW: control.importLimitW }),
    },
    loads: site.loads.length > 0 ? site.loads.map(loadOf) : [catalogueLoad('s19j-pro')],
    tariff: {
      ...tariff,
      ...(offGrid ? {} : { importPerKwh: tariff.importPerKwh ?? 0.3, exportPerKwh: tariff.exportPerKwh ?? 0 }),
      ...(battery && { batteryPerKwh: tariff.batteryPerKwh ?? tariff.importPerKwh ?? 0.3 }),
    },
    economics: economics(market, site.currency, { poolFeePercent: site.poolFee * 100, otherCapital: 0 }),
    strategy: strategy({
      reserveW: control.reserveW,
      marginPerKwh: control.marginPerKwh,
      quietHours: control.quietHours,
      probe: control.probe,
      withoutMarket: control.withoutMarket,
    }),
  };
}

/** An export limit tells the least a plant can be. */
const scaled = (source: PlanSource, exportLimitW = 0): PlanSource =>
  source.kind === 'pv' && exportLimitW > source.peakW
    ? { ...source, peakW: exportLimitW, inverterW: exportLimitW }
    : source;

/** The load as the site file has it; where it says too little, the nearest of the catalogue stands in. */
function loadOf({ id, name, model = {} }: Site['loads'][number]): PlanLoad {
  const own = LoadModel.safeParse({ kind: 'miner', ...model, id, name });
  if (own.success && own.data.curve.length > 0)
    return { catalogueId: 'own', count: 1, priceEach: 0, lifeYears: 4, failuresPerYear: 0.05, model: own.data };
  const { levels } = model;
  const wantedW = levels?.kind === 'range' ? levels.maxW : (levels?.watts.at(-1) ?? 3000);
  const topW = (load: PlanLoad) => load.model.curve.at(-1)?.drawW ?? Infinity;
  const near = catalogue.reduce(
    (best, { load }) => (Math.abs(topW(load) - wantedW) < Math.abs(topW(best) - wantedW) ? load : best),
    catalogueLoad('s19j-pro'),
  );
  return { ...structuredClone(near), priceEach: 0, model: { ...structuredClone(near.model), id, name } };
}
