/** The plant of a plan as bare figures. Powers W. */
export interface PlantSpec {
  offGrid: boolean;
  /** Infinity: unlimited. */
  exportLimitW: number;
  battery?: BatterySpec;
}

export interface BatterySpec {
  capacityWh: number;
  maxChargeW: number;
  maxDischargeW: number;
  /** One way, 0..1. */
  efficiency: number;
  /** The battery inverter stops here by itself, 0..100. */
  floorPercent: number;
}

/** One stretch of time at steady power, W: production + import + discharge = demand + draw + export + charge − unserved. */
export interface Balance {
  potentialW: number;
  productionW: number;
  demandW: number;
  drawW: number;
  importW: number;
  exportW: number;
  chargeW: number;
  dischargeW: number;
  /** Demand an island could not serve; its loads go without before. */
  unservedW: number;
  socPercent: number;
  /** Production is held back. */
  held: boolean;
}

export interface PlantState {
  storedWh: number;
}

export const emptyBalance = (): Balance => ({
  potentialW: 0,
  productionW: 0,
  demandW: 0,
  drawW: 0,
  importW: 0,
  exportW: 0,
  chargeW: 0,
  dischargeW: 0,
  unservedW: 0,
  socPercent: 0,
  held: false,
});

/**
 * Shares out one stretch: demand and loads first, then the battery, then the grid up to its limit; what is left is held
 * back. What is missing comes from the battery, then the grid. Production held back follows within seconds, so at a
 * minute it follows at once.
 * @param wantedW what the loads would draw; an island that cannot give it sheds them
 */
export function balance(
  spec: PlantSpec,
  state: PlantState,
  potentialW: number,
  demandW: number,
  wantedW: number,
  hours: number,
  out: Balance,
): Balance {
  const { battery } = spec;
  let chargeableW = 0;
  let dischargeableW = 0;
  if (battery !== undefined) {
    const roomWh = battery.capacityWh - state.storedWh;
    const aboveFloorWh = state.storedWh - (battery.capacityWh * battery.floorPercent) / 100;
    chargeableW = Math.min(battery.maxChargeW, Math.max(0, roomWh) / battery.efficiency / hours);
    dischargeableW = Math.min(battery.maxDischargeW, (Math.max(0, aboveFloorWh) * battery.efficiency) / hours);
    out.socPercent = (100 * state.storedWh) / battery.capacityWh;
  }
  const drawW = spec.offGrid ? Math.min(wantedW, Math.max(0, potentialW + dischargeableW - demandW)) : wantedW;
  const useW = demandW + drawW;
  const outletW = spec.offGrid ? 0 : spec.exportLimitW;
  const productionW = Math.min(potentialW, useW + chargeableW + outletW);
  const overW = Math.max(0, productionW - useW);
  const shortW = Math.max(0, useW - productionW);
  out.potentialW = potentialW;
  out.productionW = productionW;
  out.demandW = demandW;
  out.drawW = drawW;
  out.chargeW = Math.min(chargeableW, overW);
  out.exportW = overW - out.chargeW;
  out.dischargeW = Math.min(dischargeableW, shortW);
  const missingW = shortW - out.dischargeW;
  out.importW = spec.offGrid ? 0 : missingW;
  out.unservedW = spec.offGrid ? missingW : 0;
  out.held = potentialW - productionW > 1;
  return out;
}

/** Moves the battery by what the stretch did to it. */
export function store(spec: PlantSpec, state: PlantState, { chargeW, dischargeW }: Balance, hours: number): void {
  if (spec.battery === undefined) return;
  const { efficiency, capacityWh } = spec.battery;
  state.storedWh += (chargeW * efficiency - dischargeW / efficiency) * hours;
  state.storedWh = Math.min(capacityWh, Math.max(0, state.storedWh));
}
