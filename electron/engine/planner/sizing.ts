import type { Plan, PlanBattery } from '#shared/plan.ts';
import type { PlanYear, SizingMap } from '#shared/plan-result.ts';
import { steadyMoney } from './sensitivity.ts';

type Cell = SizingMap['cells'][number];
type Size = Pick<Cell, 'count' | 'batteryWh'>;

/** A battery that a plan has none of is sized like one for a home: half its capacity an hour. */
const USUAL: Omit<PlanBattery, 'capacityWh' | 'maxChargeW' | 'maxDischargeW' | 'price'> = {
  efficiencyPercent: 95,
  floorPercent: 10,
  targetPercent: 100,
  startPercent: 50,
  cycles: 6000,
  replacementPerKwh: 350,
};

/** The plan with so many times its loads, and that battery bought for it at the price of a new one. */
export function cellPlan(plan: Plan, { count, batteryWh }: Size): Plan {
  const { battery, ...rest } = plan;
  const loads = plan.loads.map((load) => ({ ...load, count: load.count * count }));
  if (batteryWh === 0) return { ...rest, loads };
  const base = battery ?? USUAL;
  // What is there already is not bought again.
  const boughtWh = Math.max(0, batteryWh - (battery && battery.price === 0 ? battery.capacityWh : 0));
  const rate = battery ? battery.maxChargeW / battery.capacityWh : 0.5;
  return {
    ...rest,
    loads,
    battery: {
      ...base,
      capacityWh: batteryWh,
      maxChargeW: batteryWh * rate,
      maxDischargeW: batteryWh * (battery ? battery.maxDischargeW / battery.capacityWh : rate),
      price: (boughtWh / 1000) * base.replacementPerKwh,
    },
  };
}

export function cellOf(plan: Plan, { count, batteryWh }: Size, year: PlanYear): Cell {
  const { capital, firstYear, payback } = steadyMoney(plan, year);
  const free = year.usual.lost + year.usual.export;
  return {
    count,
    batteryWh,
    draw: year.mining.draw,
    lost: year.mining.lost,
    usedShare: free === 0 ? 0 : Math.min(1, Math.max(0, 1 - (year.mining.lost + year.mining.export) / free)),
    capitalMicro: Math.round(capital * 1e6),
    firstYearMicro: Math.round(firstYear * 1e6),
    ...(Number.isFinite(payback) ? { paybackMonths: payback } : {}),
  };
}

/** Most money at the end of the time allowed, the first year taken for every year. */
export function bestCell({ economics }: Plan, cells: readonly Cell[]): Pick<SizingMap, 'best'> {
  const moneyOf = ({ firstYearMicro, capitalMicro }: Cell) =>
    (firstYearMicro * economics.paybackMonths) / 12 - capitalMicro;
  const best = cells.reduce<Cell | undefined>(
    (most, cell) => (!most || moneyOf(cell) > moneyOf(most) ? cell : most),
    undefined,
  );
  return best ? { best: { count: best.count, batteryWh: best.batteryWh } } : {};
}
