import { ControlSettings, type LoadModel, type MarketNow } from '#shared/control.ts';
import type { Tariff } from '#shared/market.ts';
import type { Plan, PlanBattery, PlanSource, SourceOf } from '#shared/plan.ts';
import type { Equipment } from '#engine/accounting/rates.ts';
import { satsPerThHour } from '#engine/accounting/earnings.ts';
import { pricesOn } from '#engine/accounting/tariff.ts';
import { inWeeklyWindow } from '#shared/time.ts';
import { rowModel } from './load-row.ts';
import { SATS_PER_BITCOIN } from './units.ts';
import type { BatterySpec, PlantSpec } from './plant.ts';

/** A site as the loop, the plant and the ledger want it; structured-clonable. */
export interface SceneParts {
  plant: PlantSpec;
  settings: ControlSettings;
  loads: readonly LoadModel[];
  equipment: Equipment;
  startPercent: number;
  prices: Prices;
}

export interface Prices {
  tariff: Tariff;
  /** What mining is worth. */
  worth: Pick<MarketNow, 'satsPerThHour' | 'poolFee' | 'pricePerSat' | 'fresh'>;
  contracts: readonly SourceOf<'contracted'>[];
  /** Of each kWh through the battery, besides what it saves later. */
  wearPerKwh: number;
}

export interface Scene extends SceneParts {
  /** Prices by weekday (1..7) and minute of the day. */
  market(weekday: number, minuteOfDay: number): MarketNow;
}

export const sceneFrom = (parts: SceneParts): Scene => ({ ...parts, market: marketOf(parts.prices) });

export const sceneOf = (plan: Plan): Scene => sceneFrom(scenePartsOf(plan));

function scenePartsOf(plan: Plan): SceneParts {
  const { battery, grid, strategy, economics, tariff } = plan;
  const offGrid = grid.connection === 'off-grid';
  return {
    plant: {
      offGrid,
      exportLimitW: grid.exportLimitW ?? Infinity,
      ...(battery && { battery: batterySpec(battery) }),
    },
    settings: settingsOf(plan),
    loads: plan.loads.map((load, i) => ({ ...rowModel(load), id: idOf(plan, i) })),
    equipment: { production: true, grid: !offGrid, battery: battery !== undefined },
    startPercent: battery?.startPercent ?? 0,
    prices: {
      tariff,
      worth: worthOf(economics, economics.pricePerBitcoin, economics.poolFeePercent / 100),
      contracts: plan.sources.filter((source) => source.kind === 'contracted'),
      wearPerKwh: battery ? wearOf(battery) : 0,
    },
  };

  function settingsOf({ timeZone, latitude, longitude, sources }: Plan): ControlSettings {
    return ControlSettings.parse({
      connection: grid.connection,
      ...(grid.exportLimitW === undefined ? {} : { exportLimitW: grid.exportLimitW }),
      ...(grid.importLimitW === undefined ? {} : { importLimitW: grid.importLimitW }),
      ...(battery && {
        battery: {
          capacityWh: battery.capacityWh,
          maxChargeW: battery.maxChargeW,
          maxDischargeW: battery.maxDischargeW,
          floorPercent: battery.floorPercent,
          targetPercent: battery.targetPercent,
        },
      }),
      reserveW: strategy.reserveW,
      probe: strategy.probe,
      quietHours: strategy.quietHours,
      allowances: sources.flatMap((source) =>
        source.kind === 'contracted' ? source.idle.map((window) => ({ ...window, powerW: source.powerW })) : [],
      ),
      withoutMarket: strategy.withoutMarket,
      marginPerKwh: strategy.marginPerKwh,
      generator: sources.some(({ kind }) => kind === 'flare') ? 'flare' : 'none',
      location: { latitude, longitude },
      plant: plantKind(sources),
      timeZone,
    });
  }
}

export const batterySpec = (battery: PlanBattery): BatterySpec => ({
  capacityWh: battery.capacityWh,
  maxChargeW: battery.maxChargeW,
  maxDischargeW: battery.maxDischargeW,
  efficiency: battery.efficiencyPercent / 100,
  floorPercent: battery.floorPercent,
});

export const worthOf = (
  network: { height: number; difficulty: number; feesPerBlockSat: number },
  pricePerBitcoin: number | undefined,
  poolFee: number,
): Prices['worth'] => ({
  satsPerThHour: satsPerThHour(network),
  poolFee,
  ...(pricePerBitcoin === undefined ? {} : { pricePerSat: pricePerBitcoin / SATS_PER_BITCOIN }),
  fresh: true,
});

/** Two rows of the same device are two loads. */
const idOf = ({ loads }: Plan, index: number): string => {
  const { id } = loads[index]!.model;
  return loads.findIndex(({ model }) => model.id === id) === index ? id : `${id}-${index + 1}`;
};

const plantKind = (sources: readonly PlanSource[]): ControlSettings['plant'] => {
  const { kind } = sources[0] as PlanSource;
  return kind === 'pv' || kind === 'wind' || kind === 'hydro' ? kind : 'other';
};

function marketOf({ tariff, worth, contracts, wearPerKwh }: Prices): Scene['market'] {
  const known = new Map<string, MarketNow>();
  const week = Array.from<MarketNow | undefined>({ length: 8 * 1440 });
  return (weekday, minute) => {
    const at = weekday * 1440 + minute;
    const before = week[at];
    if (before) return before;
    const clock = { day: weekday, minute };
    const prices = pricesOn(tariff, clock);
    // In idle hours the contract's kWh is the next one bought.
    const contract = contracts.find(({ idle }) => idle.some((window) => inWeeklyWindow(window, clock)));
    if (contract) prices.importPerKwh = contract.pricePerKwh;
    if (prices.batteryPerKwh !== undefined) prices.batteryPerKwh += wearPerKwh;
    const key = JSON.stringify(prices);
    const market = known.get(key) ?? { ...worth, ...prices };
    known.set(key, market);
    week[at] = market;
    return market;
  };
}

/** Price of one kWh through the battery: what a new one costs over all that this one will give, currency. */
export const wearOf = (battery: { cycles: number; replacementPerKwh: number }): number =>
  battery.replacementPerKwh / battery.cycles;
